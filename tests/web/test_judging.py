"""How analysts say how figures are judged: a form, what it would change, then its record."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts import audit
from accounts.models import AuditEvent
from accounts.roles import Role
from indicators.models import Event, Indicator, NewStart, SeriesBreak, Target
from tests.held import county, district, held, indicator, recording_changed
from tests.plan import partner, someone
from tests.series import quarter

pytestmark = pytest.mark.django_db

KINDS = ("recording-change", "new-start", "target", "event")
# Four years of quarters, then higher ones.
VALUES = (*(98, 102) * 8, 140, 141, 142, 139)
BREAK = {
    "title": "Another system",
    "kind": "system",
    "date": "2019-01-01",
    "first_comparable": "2019-01-01",
    "reason": "Calls are typed in elsewhere.",
    "evidence": "Letter of 3 May 2019.",
}
EVENT = {"title": "A week of it", "kind": "campaign", "starts": "2019-02-04", "ends": "", "evidence": "A leaflet."}
START = {"date": "2019-01-01", "area": "", "reason": "Another call centre."}
TARGET = {
    "area": "E10000099",
    "months": "3",
    "value": "120",
    "tolerance": "",
    "period_start": "2019-04-01",
    "period_end": "2020-03-31",
    "reason": "Agreed by the governing group.",
}


@pytest.fixture
def calls() -> Indicator:
    calls = indicator("calls", polarity="lower")
    for n, value in enumerate(VALUES):
        held(calls, quarter(2015, 1).shifted(3 * n), value)
    return calls


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(someone(Role.ANALYST, name="Ana"))
    return client


def text_of(response: Any) -> str:
    main = response.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


def hidden(response: Any) -> dict[str, Any]:
    """What the form of a page sends along by itself."""
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input type=\"hidden\"[^>]*>", response.content.decode()):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] != "csrfmiddlewaretoken":
            found.setdefault(name[1], []).append(html.unescape(value[1]) if value else "")
    return found


def everything() -> list[Any]:
    """Whatever these pages may write."""
    rows: list[Any] = [list(model.objects.order_by("pk").values()) for model in (SeriesBreak, NewStart, Target, Event)]
    definitions = list(Indicator.objects.order_by("pk").values())
    links = [
        list(through.objects.order_by("pk").values())
        for through in (SeriesBreak.indicators.through, Event.indicators.through)
    ]
    return [*rows, definitions, *links, audit.state()]


def facts(kind: str, of: Indicator) -> dict[str, Any]:
    """What the form of a kind sends."""
    said: dict[str, dict[str, Any]] = {"recording-change": BREAK, "new-start": START, "target": TARGET, "event": EVENT}
    return said[kind] | ({"indicators": [of.pk]} if kind in ("recording-change", "event") else {})


def addresses(of: Indicator) -> list[str]:
    known = recording_changed(of, date(2010, 1, 1))
    return [
        f"/indicators/{of.slug}/definition/",
        *(f"/indicators/{of.slug}/add/{kind}/" for kind in KINDS),
        f"/judging/recording-change/{known.pk}/",
        f"/judging/recording-change/{known.pk}/withdraw/",
    ]


# --- who may not


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.ANALYST)])
def test_only_analysts_say_how_figures_are_judged(client: Client, calls: Indicator, role: Role | None) -> None:
    paths = addresses(calls)
    if role:
        of = partner("somebody", "Somebody") if role is Role.WORKING_GROUP else None
        client.force_login(someone(role, of))
    before = everything()

    answers = [answer for path in paths for answer in (client.get(path), client.post(path, {"seen": "x"}))]

    assert {answer.status_code for answer in answers} == {403 if role else 302}
    assert everything() == before


def test_nobody_else_is_offered_it(client: Client, calls: Indicator) -> None:
    client.force_login(someone(Role.COORDINATOR))

    page = client.get("/indicators/calls/").content.decode()

    assert "/indicators/calls/add/" not in page
    assert "/indicators/calls/definition/" not in page


# --- what cannot be


@pytest.mark.parametrize(
    "path", ["/indicators/none/definition/", "/indicators/calls/add/nothing/", "/judging/event/9/"]
)
def test_what_there_is_not_is_not_found(analyst: Client, calls: Indicator, path: str) -> None:
    assert analyst.get(path).status_code == 404


@pytest.mark.parametrize(
    ("kind", "wrong", "said"),
    [
        ("recording-change", {"title": ""}, "Fill in ‘What changed’."),
        ("recording-change", {"evidence": " "}, "Fill in ‘Evidence’."),
        ("recording-change", {"indicators": []}, "Fill in ‘Indicators’."),
        ("recording-change", {"date": "soon"}, "Enter a valid date."),
        ("recording-change", {"first_comparable": "2018-12-31"}, "Figures cannot compare again before the change."),
        ("new-start", {"date": "2019-02-01"}, "Select a valid choice."),
        ("new-start", {"date": "2015-01-01"}, "Select a valid choice."),
        ("new-start", {"area": "E99999999"}, "Select a valid choice."),
        ("target", {"value": "many"}, "Enter a number."),
        ("target", {"value": "99.5"}, "Figures of this indicator have no decimals."),
        ("target", {"tolerance": "-1"}, "A tolerance is 0 or more."),
        ("target", {"period_end": "2020-03-30"}, "2020-03-30 is not the last day of a month."),
        ("target", {"period_end": "2019-03-31"}, "It ends before it begins."),
        ("event", {"ends": "2019-02-03"}, "It ends before it begins."),
        ("event", {"kind": "party"}, "Select a valid choice."),
    ],
)
def test_a_mistake_is_named_and_nothing_is_recorded(
    analyst: Client, calls: Indicator, kind: str, wrong: dict[str, Any], said: str
) -> None:
    before = everything()

    response = analyst.post(f"/indicators/calls/add/{kind}/", facts(kind, calls) | wrong)

    assert response.status_code == 422
    assert "There is a problem" in text_of(response)
    assert said in text_of(response)
    assert everything() == before


def test_a_target_needs_a_way_that_is_better(analyst: Client) -> None:
    held(indicator("visits"), quarter(2018, 1), 5)

    response = analyst.post("/indicators/visits/add/target/", TARGET)

    assert response.status_code == 422
    assert "does not say which way is better" in text_of(response)


def test_no_target_holds_in_the_time_of_another(analyst: Client, calls: Indicator) -> None:
    recorded(analyst, calls, "target")
    later = TARGET | {"period_start": "2020-03-01", "period_end": "2021-02-28"}

    refused = analyst.post("/indicators/calls/add/target/", later)

    assert refused.status_code == 422
    assert "Another target holds in some of that time." in text_of(refused)
    assert analyst.post("/indicators/calls/add/target/", later | {"months": "1"}).status_code == 200


@pytest.mark.parametrize(("first", "second", "refused"), [("", "E10000099", 1), ("E10000099", "", 1), ("", "", 1)])
def test_limits_start_anew_once_with_a_period(
    analyst: Client, calls: Indicator, first: str, second: str, refused: bool
) -> None:
    recorded(analyst, calls, "new-start", area=first)

    response = analyst.post("/indicators/calls/add/new-start/", START | {"area": second})

    assert response.status_code == 422
    assert "Limits start anew there already with that period." in text_of(response)


def test_an_indicator_with_a_target_keeps_a_way_that_is_better(analyst: Client, calls: Indicator) -> None:
    recorded(analyst, calls, "target")

    response = analyst.post("/indicators/calls/definition/", definition(calls, polarity="neither"))

    assert response.status_code == 422
    assert "Withdraw the target first." in text_of(response)


def test_what_differs_in_nothing_is_not_recorded(analyst: Client, calls: Indicator) -> None:
    before = everything()

    response = analyst.post("/indicators/calls/definition/", definition(calls))

    assert response.status_code == 422
    assert "Nothing differs from what is recorded." in text_of(response)
    assert everything() == before


# --- what is shown first


def recorded(analyst: Client, of: Indicator, kind: str, **changes: Any) -> Any:
    """The answer to recording something that was seen."""
    path = f"/indicators/{of.slug}/add/{kind}/"
    preview = analyst.post(path, facts(kind, of) | changes)
    assert preview.status_code == 200, text_of(preview)
    return analyst.post(path, hidden(preview))


def definition(of: Indicator, **changes: Any) -> dict[str, Any]:
    """What the form of the definition sends, with changes."""
    names = (
        "name short_name definition counted counted_plural denominator frequency polarity decimals months_until_final"
        " caveat read_together_note"
    )
    said = {name: getattr(of, name) for name in names.split()}
    said |= {"owner": of.owner_id, "checker": of.checker_id, "next_review": "2020-03-31", "why": "It was unclear."}
    return said | changes


@pytest.mark.parametrize("kind", KINDS)
def test_a_preview_records_nothing(analyst: Client, calls: Indicator, kind: str) -> None:
    before = everything()

    response = analyst.post(f"/indicators/calls/add/{kind}/", facts(kind, calls))

    assert response.status_code == 200
    assert "Nothing is recorded yet." in text_of(response)
    assert "Record this change" in text_of(response)
    assert everything() == before


def test_the_preview_shows_the_reading_now_and_afterwards(analyst: Client, calls: Indicator) -> None:
    now = text_of(analyst.get("/indicators/calls/"))

    preview = text_of(analyst.post("/indicators/calls/add/recording-change/", facts("recording-change", calls)))

    assert "More (worse)" in now
    _, _, both = preview.partition("Readings that change")
    before, _, after = both.partition("Afterwards")
    assert "More (worse)" in before
    assert "Cannot be compared yet" in after
    assert "Another system" in after


def test_a_new_start_says_who_and_why_in_the_reading_afterwards(analyst: Client, calls: Indicator) -> None:
    preview = text_of(analyst.post("/indicators/calls/add/new-start/", START))

    assert "4 figures are held since the new start" in preview
    assert "Too few points to judge" in preview


def test_a_target_adds_how_reliably_it_is_met(analyst: Client, calls: Indicator) -> None:
    preview = text_of(analyst.post("/indicators/calls/add/target/", TARGET))

    assert "The target is at most 120 calls a quarter from April 2019 to March 2020." in preview
    assert "The target is met reliably: the whole usual range meets it." in preview


def test_an_event_changes_no_reading(analyst: Client, calls: Indicator) -> None:
    preview = text_of(analyst.post("/indicators/calls/add/event/", facts("event", calls)))

    assert "No reading changes" in preview
    assert "Readings that stay as they are: 1 Calls, Testshire" in preview


def test_what_was_written_can_be_changed_again(analyst: Client, calls: Indicator) -> None:
    preview = analyst.post("/indicators/calls/add/event/", facts("event", calls))

    again = analyst.post("/indicators/calls/add/event/", hidden(preview) | {"edit": "yes"})

    assert again.status_code == 200
    assert 'value="A week of it"' in again.content.decode()
    assert "See what it changes" in text_of(again)


# --- what is recorded


def test_a_recording_change_is_recorded_with_who_when_and_one_event(analyst: Client, calls: Indicator) -> None:
    events = AuditEvent.objects.count()

    response = recorded(analyst, calls, "recording-change")

    made = SeriesBreak.objects.get()
    assert (response.status_code, response["Location"]) == (302, "/indicators/calls/#judged")
    assert (made.recorded_by_name, made.slug, list(made.indicators.all())) == ("Ana", "another-system", [calls])
    assert AuditEvent.objects.count() == events + 1
    assert AuditEvent.objects.latest("number").sentence == "Ana recorded the recording change 'Another system'."
    assert "Cannot be compared yet" in text_of(analyst.get("/indicators/calls/"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_is_not_recorded_twice(analyst: Client, calls: Indicator, kind: str) -> None:
    path = f"/indicators/calls/add/{kind}/"
    seen = hidden(analyst.post(path, facts(kind, calls)))
    assert analyst.post(path, seen).status_code == 302
    before = everything()

    again = analyst.post(path, seen)

    assert again.status_code in (409, 422)
    assert everything() == before


@pytest.mark.parametrize("seen", ["", "made up"])
def test_what_was_not_seen_is_refused(analyst: Client, calls: Indicator, seen: str) -> None:
    before = everything()

    response = analyst.post("/indicators/calls/add/event/", facts("event", calls) | {"seen": seen})

    assert response.status_code == 409
    assert "Nothing was recorded" in text_of(response)
    assert everything() == before


def test_what_changed_since_it_was_looked_at_is_refused_and_shown_anew(analyst: Client, calls: Indicator) -> None:
    path = "/indicators/calls/add/recording-change/"
    seen = hidden(analyst.post(path, facts("recording-change", calls)))
    held(calls, quarter(2020, 1), 99)

    response = analyst.post(path, seen)

    assert response.status_code == 409
    assert "What this changes is no longer what it was when you looked. Check it again." in text_of(response)
    assert hidden(response)["seen"] != seen["seen"]
    assert not SeriesBreak.objects.exists()
    assert analyst.post(path, hidden(response)).status_code == 302


def test_a_change_keeps_who_recorded_it_and_what_it_said_before(analyst: Client, calls: Indicator) -> None:
    known = recording_changed(calls, date(2017, 1, 1), recorded_by_name="Agreement files")
    path = f"/judging/recording-change/{known.pk}/?from=calls"
    said = facts("recording-change", calls) | {"title": known.title, "why": "The date was wrong."}

    preview = analyst.post(path, said)
    response = analyst.post(path, hidden(preview))

    known.refresh_from_db()
    assert "1 January 2019 Before: 1 January 2017" in text_of(preview)
    assert response.status_code == 302
    assert (str(known.date), known.recorded_by_name) == ("2019-01-01", "Agreement files")
    event = AuditEvent.objects.latest("number")
    assert event.sentence == "Ana changed the recording change 'Consistent recording'. The date was wrong."
    assert '"date": "2017-01-01"' in event.text


def test_a_change_needs_a_reason(analyst: Client, calls: Indicator) -> None:
    known = recording_changed(calls, date(2017, 1, 1))

    response = analyst.post(f"/judging/recording-change/{known.pk}/", facts("recording-change", calls))

    assert response.status_code == 422
    assert "Say why." in text_of(response)


def test_a_colleague_who_was_first_is_not_overwritten(analyst: Client, calls: Indicator) -> None:
    known = recording_changed(calls, date(2017, 1, 1))
    path = f"/judging/recording-change/{known.pk}/"
    seen = hidden(analyst.post(path, facts("recording-change", calls) | {"why": "Wrong."}))
    SeriesBreak.objects.update(title="What a colleague wrote")

    response = analyst.post(path, seen)

    assert response.status_code == 409
    assert SeriesBreak.objects.get().title == "What a colleague wrote"


def test_a_definition_is_edited_without_touching_its_figures(analyst: Client, calls: Indicator) -> None:
    path = "/indicators/calls/definition/"
    preview = analyst.post(path, definition(calls, polarity="neither", definition="Calls to the centre."))
    assert "More (worse)" in text_of(preview)

    response = analyst.post(path, hidden(preview))

    calls.refresh_from_db()
    assert response.status_code == 302
    assert (calls.polarity, calls.definition, calls.observations.count()) == ("neither", "Calls to the centre.", 20)
    assert "More (worse)" not in text_of(analyst.get("/indicators/calls/"))


# --- what is withdrawn


def test_withdrawing_shows_first_what_it_changes(analyst: Client, calls: Indicator) -> None:
    recorded(analyst, calls, "recording-change")

    page = text_of(analyst.get(f"/judging/recording-change/{SeriesBreak.objects.get().pk}/withdraw/"))

    before, _, after = page.partition("Afterwards")
    assert "Cannot be compared yet" in before
    assert "More (worse)" in after


def test_withdrawing_needs_a_reason(analyst: Client, calls: Indicator) -> None:
    recorded(analyst, calls, "event")
    path = f"/judging/event/{Event.objects.get().pk}/withdraw/"
    before = everything()

    response = analyst.post(path, hidden(analyst.get(path)) | {"why": " "})

    assert response.status_code == 422
    assert "Say why." in text_of(response)
    assert everything() == before


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_withdrawn_stays_with_its_mark_and_changes_no_reading(
    analyst: Client, calls: Indicator, kind: str
) -> None:
    page = text_of(analyst.get("/indicators/calls/")).partition("How it is judged")[0]
    recorded(analyst, calls, kind)
    row = {"recording-change": SeriesBreak, "new-start": NewStart, "target": Target, "event": Event}[kind].objects.get()
    path = f"/judging/{kind}/{row.pk}/withdraw/"

    response = analyst.post(path, hidden(analyst.get(path)) | {"why": "It was a slip."})

    row.refresh_from_db()
    assert response.status_code == 302
    assert (row.withdrawn_by_name, row.withdrawn_why, row.withdrawn_at is None) == ("Ana", "It was a slip.", False)
    assert "withdrew" in AuditEvent.objects.latest("number").sentence
    assert analyst.get(path).status_code == 404
    assert analyst.get(f"/judging/{kind}/{row.pk}/").status_code == 404
    assert text_of(analyst.get("/indicators/calls/")).partition("How it is judged")[0] == page


def test_what_changed_since_is_not_withdrawn(analyst: Client, calls: Indicator) -> None:
    known = recording_changed(calls, date(2017, 1, 1))
    path = f"/judging/recording-change/{known.pk}/withdraw/"
    seen = hidden(analyst.get(path))
    SeriesBreak.objects.update(title="What a colleague wrote")

    response = analyst.post(path, seen | {"why": "A slip."})

    assert response.status_code == 409
    assert "Nothing was recorded" in text_of(response)
    assert SeriesBreak.objects.in_force().exists()


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_begins_with_what_is_recorded(analyst: Client, calls: Indicator, kind: str) -> None:
    recorded(analyst, calls, kind)
    row = {"recording-change": SeriesBreak, "new-start": NewStart, "target": Target, "event": Event}[kind].objects.get()

    page = analyst.get(f"/judging/{kind}/{row.pk}/").content.decode()

    assert re.search(r'(value="2019-0[1-4]-0[14]"|<option value="2019-01-01" selected)', page)


# --- queries


@pytest.mark.parametrize("path", ["/indicators/calls/definition/", "/indicators/calls/add/recording-change/"])
def test_many_areas_and_indicators_take_as_many_queries_as_one(
    analyst: Client, calls: Indicator, path: str, django_assert_num_queries: Any
) -> None:
    said = definition(calls, name="Calls that came in") if "definition" in path else facts("recording-change", calls)
    analyst.post(path, said)
    with django_assert_num_queries(60, exact=False) as few:
        analyst.post(path, said)
    others = [indicator(f"calls-{n}", area=county()) for n in range(5)]
    for n, other in enumerate(others):
        held(other, quarter(2018, 1), n)
        held(calls, quarter(2018, 1), n, area=district(f"E0700009{n}", f"District {n}"))
    if "definition" not in path:
        said = said | {"indicators": [calls.pk, *(other.pk for other in others)]}

    with django_assert_num_queries(len(few.captured_queries)):
        assert analyst.post(path, said).status_code == 200
