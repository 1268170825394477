"""The finding that a chart is titled with."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.analysis.comparison import Comparison, Refusal
from indicators.analysis.reading import Reading, Tag, read
from indicators.analysis.series import WHOLE, Point, Series
from indicators.charts.chart import chart_of
from indicators.charts.finding import REFUSED, finding, refused, title
from tests.series import INCIDENTS, SHARE, change_of_recording, month, point, quarter, quarters, series, year, years
from tests.unit.charts.figures import (
    BETTER,
    FLAT,
    INCOMPLETE,
    OUTCOME,
    PROVISIONAL,
    QUARTERS,
    ROLLING,
    SEASONAL,
    TRIAL,
    WORSE,
)

# Around 100, with limits at 89 and 111.
STEADY = [98, 102] * 8
# Two mean moving ranges and more beside their mean, but never seven in a row on one side.
FALLING = [99, 101, 98, 102] * 4 + [103, 102.5, 102, 101, 100, 99, 98]


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        # What stands out goes first, and since when.
        (BETTER, "fewer than usual since July 2020"),
        (series(quarters([*STEADY, 130, 131])), "more than usual since 2019"),
        (series(quarters([*STEADY, 130])), "more than usual in January to March 2019"),
        (series(quarters([*STEADY, 130]), measure=SHARE), "higher than usual in January to March 2019"),
        (series(quarters(FALLING)), "falling since 2019"),
        (series(quarters([200 - value for value in FALLING])), "rising since 2019"),
        (SEASONAL, "more than usual in April to June 2021"),
        # A figure that may still change is but an early sign.
        (WORSE, "early sign of more than usual"),
        # Nothing stands out, since the last that did or since the range began.
        (series(quarters(STEADY)), "within the usual range since 2015"),
        (series(quarters([130, *STEADY])), "within the usual range since April 2015"),
        (series(quarters([*STEADY, 130, 99])), "within the usual range in April to June 2019"),
        (series(quarters([*STEADY, None, 99, 101])), "within the usual range since April 2019"),
        (series([*quarters(STEADY), point(quarter(2019, 1), None, status="suppressed")]), None),
        # Years.
        (series(years([400, 440, 490, 530, 580])), "rising over five years"),
        (series(years([580, 530, 490, 440, 400])), "falling over five years"),
        (series(years([100, 110, 95, 105, 100])), "neither rising nor falling over five years"),
        (
            series([*years([400, 440, 490, 530]), point(year(2014), 600, status="provisional")]),
            "early sign of rising over five years",
        ),
        # What may not be compared, goes before everything else.
        (ROLLING, "figures before January 2018 cannot be compared"),
        (series([*years([1, 2, 3]), point(year(2013), 4, coverage="half")]), "not compared, coverage changed"),
        (
            series([*years([1, 2, 3]), point(year(2013), 4, qualifier="over")]),
            "not compared, only a limit is known",
        ),
        (series(years([5, 6, 7], status="incomplete")), "not compared, figures are incomplete"),
        # Too few to judge: the change on the year before, where there is one.
        (QUARTERS, "24 more than a year earlier, not judged"),
        (FLAT, "10 fewer than a year earlier, not judged"),
        (PROVISIONAL, "3 fewer than a year earlier, not judged"),
        (series(years([5, 6, 6])), "the same as a year earlier, not judged"),
        (series(years([5, 6, 7], qualifier="about")), "about 1 more than a year earlier, not judged"),
        (series(years([5, 6, None, 8])), "2 more than in 2011, not judged"),
        (series(years([60, 60, 47]), measure=OUTCOME), "13 fewer than a year earlier, could be chance"),
        (series(years([600, 600, 470]), measure=OUTCOME), "130 fewer than a year earlier, not judged"),
        (TRIAL, "1 more than a year earlier, not judged"),
        (INCOMPLETE, "too few points to judge"),
        (series(quarters([1, 2, 3]), [change_of_recording("2015-04-01")]), "too few points since recording changed"),
        # The latest figure is of another length than the line, or of a later time.
        (series([*quarters([5, 6, 7, 8]), point(year(2014), 20), point(year(2015), 30)]), "too few points to judge"),
        (series([*quarters(STEADY), point(year(2020), 400)]), "nothing to judge after December 2018"),
        (series([]), "no figure is held"),
    ],
)
def test_a_finding_says_what_is_to_be_known_first(held: Series, expected: str | None) -> None:
    assert finding(read(held)) == (expected or "within the usual range since 2015")


def test_a_title_names_the_measure_and_its_finding() -> None:
    assert title(read(QUARTERS)) == "Incidents: 24 more than a year earlier, not judged"


def test_every_refusal_has_its_words() -> None:
    unsaid = set(Refusal) - set(REFUSED) - {Refusal.NO_EARLIER, Refusal.BREAK}

    assert unsaid == set()
    assert refused(Comparison(point(year(2018), 1), None, refusal=Refusal.LENGTH)) == (
        "not compared, another length of time"
    )


def test_a_chart_is_titled_by_the_reading_of_the_whole_series_not_of_its_line_alone() -> None:
    published = [point(year(2017), 400), point(year(2018), 420)]
    held = series([*quarters([100, 101, 102, 103] * 3, quarter(2016, 1)), *published], [change_of_recording()])

    chart = chart_of(held)

    assert read(held).tag is Tag.CANNOT_COMPARE
    assert read(held.trend()).tag is Tag.TOO_FEW
    assert chart is not None
    assert chart.title == "Incidents: figures before April 2017 cannot be compared"


# --- what holds for every series ---------------------------------------------------------------

LOW, HIGH = ("fewer than usual", "lower than usual", "falling"), ("more than usual", "higher than usual", "rising")
USUAL = ("within the usual range", "neither rising nor falling")
REFUSAL = ("cannot be compared", "not compared")
TOO_FEW = ("not judged", "could be chance", "too few points", "nothing to judge", "no figure")
SAYS: dict[Tag, tuple[str, ...]] = {
    Tag.FEWER: LOW,
    Tag.LOWER: LOW,
    Tag.MORE: HIGH,
    Tag.HIGHER: HIGH,
    Tag.AS_USUAL: USUAL,
    Tag.CANNOT_COMPARE: REFUSAL,
    Tag.TOO_FEW: TOO_FEW,
}

STATUS = st.sampled_from(["final"] * 20 + ["provisional", "provisional", "incomplete", "estimated", "unreliable"])
COVERAGE = st.sampled_from([""] * 40 + ["half"])
QUALIFIER = st.sampled_from(["exact"] * 30 + ["about", "over"])
LEVELS = st.one_of(st.integers(95, 105), st.integers(60, 140), st.integers(0, 1200))


@st.composite
def some_series(draw: st.DrawFn) -> Series:
    """Quarters, months or years, with gaps, changes of recording, figures that are not final, and of another length."""
    first, step = draw(st.sampled_from([(quarter(2012, 2), 3), (month(2014, 1), 1), (year(1995), 12)]))
    stretches = draw(st.lists(st.tuples(LEVELS, st.integers(-3, 3), st.integers(1, 16)), min_size=1, max_size=4))
    values = [level + slope * n + n % 2 for level, slope, length in stretches for n in range(length)]
    points = [
        Point(
            first.shifted(step * n),
            Decimal(max(0, value)),
            status=draw(STATUS),
            coverage=draw(COVERAGE),
            qualifier=draw(QUALIFIER),
        )
        for n, value in enumerate(values)
        if draw(st.integers(0, 20))
    ]
    longer = [point(year(2017), 400), point(year(2018), 390)] if draw(st.booleans()) and step < 12 else []
    breaks = [change_of_recording("2016-04-01")] if draw(st.booleans()) else []
    measure = draw(st.sampled_from([INCIDENTS, OUTCOME, SHARE, replace(INCIDENTS, polarity="higher")]))
    return series([*points, *longer], breaks, measure=measure, seasonal=draw(st.booleans()))


def says(text: str, tag: Tag) -> bool:
    return any(words in text for words in SAYS[tag])


def tag_said(reading: Reading) -> set[Tag]:
    """The tags that a finding would fit."""
    text = finding(reading).replace("neither rising nor falling", "neither")
    found = {tag for tag in (Tag.FEWER, Tag.MORE, Tag.CANNOT_COMPARE, Tag.TOO_FEW) if says(text, tag)}
    return found | ({Tag.AS_USUAL} if "within the usual range" in text or "neither" in text else set())


@given(some_series())
def test_a_finding_never_contradicts_the_tag(held: Series) -> None:
    reading = read(held)
    counts = {Tag.LOWER: Tag.FEWER, Tag.HIGHER: Tag.MORE}

    assert tag_said(reading) == {counts.get(reading.tag, reading.tag)}
    assert ("early sign" in finding(reading)) == reading.early


@settings(max_examples=40)
@given(some_series())
def test_a_finding_is_short_and_a_chart_has_it_as_its_title(held: Series) -> None:
    found, chart = finding(read(held)), chart_of(held)

    assert len(found.split()) <= 13
    assert not re.search(r"[.!]$|\s\s|None", found)
    assert chart is None or chart.title == f"{held.measure.short_name}: {found}"


@given(some_series())
def test_since_when_is_the_beginning_of_a_run_without_gaps_that_ends_with_the_latest(held: Series) -> None:
    reading = read(held)
    run = reading.run

    assert bool(run) == (reading.judged is not None)
    if reading.judged:
        assert run[-1] == reading.judged.point
        assert all(later.period.follows(earlier.period) for earlier, later in pairwise(run))
        assert all(one.status in WHOLE for one in run)
