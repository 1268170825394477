"""The text that an issued report is kept as."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.lines import ActionLine
from priorities.narrative import Narrative
from reports.frozen import SCHEMA, STEPS, CannotFreeze, Unreadable, canonical, fingerprint, freeze, plain, reader, thaw
from reports.report import Concern, KeyMessage, PriorityReport, Question, Report, Value
from tests.unit.reports.values import of_kind

EMPTY = Report(
    slug="2019-03",
    title="March 2019",
    partnership="Partnership",
    agreement="Agreement",
    place="Testshire",
    data_to="31 January 2019",
    progress_to="31 January 2019",
    meeting="",
    key_messages=(KeyMessage("One message."),),
    caution="",
    introduction=Narrative("", ""),
    concerns=(),
    concern_rule="A rule.",
    not_concerns=(),
    questions=(),
    priorities=(),
)
# The text of EMPTY, written by hand.
AS_TEXT = (
    '{"report":{"agreement":"Agreement","caution":"","changed_since":"","changes":[],'
    '"concern_rule":"A rule.","concerns":[],"data_to":"31 January 2019",'
    '"introduction":{"body":"","notes":"","quoted":[]},'
    '"key_messages":[{"links":[],"text":"One message."}],"meeting":"","not_concerns":[],'
    '"partnership":"Partnership","place":"Testshire","priorities":[],"progress_to":"31 January 2019",'
    '"questions":[],"slug":"2019-03","title":"March 2019"},"schema":2}'
)

# What EMPTY was under schema 1.
AS_TEXT_1 = (
    AS_TEXT.replace('"concern_rule":"A rule.",', "")
    .replace('"not_concerns":[],', "")
    .replace('"schema":2', '"schema":1')
)

texts = st.text(max_size=12).map(lambda text: unicodedata.normalize("NFC", text.replace("\r", "")))
numbers = st.one_of(st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False))
figures = st.dictionaries(
    texts.filter(lambda name: name != "decimal"),
    st.recursive(st.one_of(st.none(), st.booleans(), numbers, texts), lambda inner: st.lists(inner, max_size=3)),
    max_size=3,
)


def values_of(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a kind that reports are made of."""
    known: dict[Any, st.SearchStrategy[Any]] = {
        str: texts,
        int: st.integers(0, 2**53),
        bool: st.booleans(),
        date: st.dates(),
        Decimal: st.decimals(allow_nan=False, allow_infinity=False),
        dict: figures,
    }
    for each in (kind, get_origin(kind)):
        if each in known:
            return known[each]
    inside = get_args(kind)
    if get_origin(kind) is UnionType:
        return st.none() | values_of(inside[0])
    if get_origin(kind) is tuple:
        return st.lists(values_of(inside[0]), max_size=2).map(tuple)
    assert is_dataclass(kind), f"{kind} is new in a report"
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: st.deferred(later(hints[field.name])) for field in fields(kind)})


def later(kind: Any) -> Callable[[], st.SearchStrategy[Any]]:
    return lambda: values_of(kind)


def changed(text: str, **to: Any) -> str:
    """A kept text in which the report says something else, in the same form."""
    kept = json.loads(text)
    kept["report"] |= to
    return canonical(kept)


def test_the_form_is_known_to_the_byte() -> None:
    assert freeze(EMPTY) == AS_TEXT
    assert thaw(AS_TEXT) == EMPTY


def test_the_fingerprint_is_the_sha_256_of_the_bytes() -> None:
    # printf 'café' | sha256sum
    assert fingerprint("café") == "850f7dc43910ff890f8879c0ed26fe697c93a067ad93a7d50f466a7028a9bf4e"


def refuse(number: str) -> None:
    raise AssertionError(number)


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(values_of(Report))
def test_every_report_comes_back_from_its_text_which_holds_no_floating_point_number(report: Report) -> None:
    text = freeze(report)
    json.loads(text, parse_float=refuse, parse_constant=refuse)

    assert asdict(thaw(text)) == asdict(report)


def test_letters_and_line_ends_have_one_form() -> None:
    said = replace(EMPTY, caution="cafe\u0301\r\nand\rmore")

    assert thaw(freeze(said)).caution == "café\nand\nmore"


def test_letters_stand_as_they_are_and_control_characters_escaped() -> None:
    text = freeze(replace(EMPTY, caution='“é” "\\/\b\f\n\t\x01\x7f\u2028'))

    assert '"caution":"“é” \\"\\\\/\\b\\f\\n\\t\\u0001\x7f\u2028"' in text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal("47.0000"), "47"),
        (Decimal("12.50"), "12.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.0001"), "0.0001"),
        (Decimal("-8.10"), "-8.1"),
        (Decimal("0.00"), "0"),
    ],
)
def test_numbers_are_decimal_strings(number: Decimal, text: str) -> None:
    assert plain((number,)) == [text]


def test_numbers_of_a_chart_say_that_they_are_numbers() -> None:
    assert plain({"y": [0.1, 31204.0, 3, "3"]}) == {"y": [{"decimal": "0.1"}, {"decimal": "31204"}, 3, "3"]}


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("Infinity"), Decimal("NaN")])
def test_what_is_no_number_is_refused(number: object) -> None:
    with pytest.raises(CannotFreeze):
        plain((number,))


def test_half_of_a_character_is_refused_with_what_stands_before_it() -> None:
    with pytest.raises(CannotFreeze, match=r"half of a character, after '.*Mind '"):
        freeze(replace(EMPTY, caution="Mind \ud83d"))


def test_what_no_report_holds_is_refused() -> None:
    with pytest.raises(CannotFreeze, match="cannot hold b'bytes'"):
        plain(b"bytes")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[]", "Expected an object"),
        ('{"report":{}}', "Expected an object"),
        ('{"report":{},"schema":3}', "Its schema is 3; this version reads those up to 2."),
        ('{"report":{},"schema":"1"}', "schema: expected int, found str."),
        ('{"report":{},"schema":1}', "It is no report of schema 1."),
        ('{"report":{},"schema":0}', "It is no report of schema 0."),
        ('{"report":{"priorities":[],"questions":[null]},"schema":1}', "It is no report of schema 1."),
        ('{"report":[],"schema":2}', "report: expected dict, found list."),
        (AS_TEXT.replace('"agreement":"Agreement",', ""), "report: 'agreement' missing."),
        (changed(AS_TEXT, more=1), "report: 'more' not known."),
        (changed(AS_TEXT, title=3), "report.title: expected str, found int."),
        (changed(AS_TEXT, key_messages=[None]), "report.key_messages\\[0\\]: expected dict, found NoneType."),
        (AS_TEXT + "\n", "not in the form"),
        (AS_TEXT.replace(":", ": ", 1), "not in the form"),
        (AS_TEXT.replace("March", "Ma\\u0072ch"), "not in the form"),
        (AS_TEXT.replace("March", "Mare\u0301"), "not in the form"),
        (AS_TEXT.replace('"schema":2', '"schema":2,"schema":2'), "not in the form"),
        (AS_TEXT.replace('"changes":[]', '"changes":1.0'), "not in the form"),
        (AS_TEXT_1.replace(":", ": ", 1), "not in the form"),
    ],
)
def test_a_text_that_was_not_frozen_here_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        thaw(text)


VALUE = plain(
    Value(
        period="2018",
        start=date(2018, 1, 1),
        end=date(2018, 12, 31),
        text="47 (provisional)",
        value=Decimal(47),
        value_to=None,
        qualifier="exact",
        status="provisional",
        coverage="",
        source="Returns 2019",
        file="deaths.csv",
        line=2,
        note="",
    )
)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (VALUE | {"value": "many"}, "value: 'many' is not a decimal."),
        (VALUE | {"value": 4.5}, "value: expected str, found float."),
        (VALUE | {"end": "2018-13-31"}, "end: '2018-13-31' is not a date."),
        (VALUE | {"line": True}, "line: expected int, found bool."),
    ],
)
def test_a_figure_that_is_none_is_refused_where_it_stands(value: Any, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        reader(Value)(value, "values[0]")


def test_a_figure_comes_back_as_it_was() -> None:
    assert plain(reader(Value)(VALUE, "values[0]")) == VALUE


@pytest.mark.parametrize("number", [{"decimal": 1.5}, {"decimal": "x"}, {"decimal": None}])
def test_a_number_of_a_chart_that_was_not_frozen_here_is_refused(number: Any) -> None:
    with pytest.raises(Unreadable):
        reader(dict[str, Any])({"y": [number]}, "figure")


def test_concerns_are_read_as_what_they_are() -> None:
    said = replace(EMPTY, concerns=(Concern("added:1", "Fewer officers.", "Road Safety", "road-safety", ""),))

    assert thaw(freeze(said)).concerns[0] == Concern("added:1", "Fewer officers.", "Road Safety", "road-safety", "")


def test_a_report_that_was_kept_under_schema_1_is_read() -> None:
    asked, action = of_kind(Question, number=4, text="May we?"), of_kind(ActionLine, key="rs1", title="Teach")
    road_safety = of_kind(PriorityReport, main=None, together=None, narrative=Narrative("", ""), actions=(action,))
    kept = json.loads(freeze(replace(EMPTY, questions=(asked,), priorities=(road_safety,)))) | {"schema": 1}
    del kept["report"]["concern_rule"], kept["report"]["not_concerns"], kept["report"]["questions"][0]["decided"]
    del kept["report"]["priorities"][0]["actions"][0]["continues"]

    report = thaw(canonical(kept))

    assert asdict(report) == asdict(
        replace(EMPTY, concern_rule="", questions=(asked,), priorities=(road_safety,)),
    )


def test_every_schema_before_this_one_has_a_step_to_the_next() -> None:
    assert sorted(STEPS) == list(range(1, SCHEMA))


# What a report of SCHEMA is made of. Where this changes, so does SCHEMA: texts that were issued before have to be told
# from those that come.
SHAPE = (2, "d0f93af761f85a7e")


def shape(kind: Any, seen: set[Any]) -> list[str]:
    """A line for each field of a kind and of the kinds that it is made of."""
    if kind in seen:
        return []
    seen.add(kind)
    if not is_dataclass(kind):
        return [line for inside in get_args(kind) if inside is not ... for line in shape(inside, seen)]
    hints = get_type_hints(kind)
    own = [f"{kind.__name__}.{field.name}: {hints[field.name]}" for field in fields(kind)]
    return own + [line for field in fields(kind) for line in shape(hints[field.name], seen)]


def test_another_shape_of_a_report_has_another_number() -> None:
    assert (SCHEMA, fingerprint("\n".join(sorted(shape(Report, set()))))[:16]) == SHAPE
