"""Why a reading says what it says."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import reasons
from indicators.analysis.reading import read
from indicators.analysis.series import NewStart, Point, Series
from tests.series import (
    INCIDENTS,
    RATE,
    SHARE,
    change_of_recording,
    month,
    point,
    quarter,
    quarters,
    series,
    year,
    year_to,
    years,
)

# Around 100, with limits at 89.36 and 110.64.
STEADY = (98, 102) * 8
AFTER = quarter(2019, 1)
DEATHS = replace(INCIDENTS, polarity="lower")


def then(*values: float, **said: Any) -> list[Point]:
    """Four steady years of quarters, and more quarters; what is said is of the last."""
    more = quarters(values, AFTER)
    return [*quarters(STEADY), *more[:-1], replace(more[-1], **said)]


def broken() -> Series:
    held = [point(year_to(2018, 1), 1), point(year_to(2019, 1), 2)]
    return series(held, [change_of_recording("2017-04-01")])


@pytest.mark.parametrize(
    ("held", "measure", "tag", "kind"),
    [
        (then(100), INCIDENTS, "About as usual", "usual"),
        (then(120), INCIDENTS, "More", "change"),
        (then(80), DEATHS, "Fewer (better)", "better"),
        (then(120), DEATHS, "More (worse)", "worse"),
        (then(120, status="provisional"), DEATHS, "Early sign: more (worse)", "worse"),
        (then(80, status="provisional"), RATE, "Early sign: lower", "change"),
        (years([1]), INCIDENTS, "Too few points to judge", "none"),
    ],
)
def test_a_tag_has_words_and_a_look(held: list[Point], measure: Any, tag: str, kind: str) -> None:
    reading = read(series(held, measure=measure))

    assert (reasons.tag(reading), reasons.kind(reading)) == (tag, kind)


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        (series([]), "No figure is held; a direction needs 13."),
        (series(years([5])), "1 figure is held; a direction needs 5 years in a row."),
        (series(years([5, 6])), "2 figures are held; a direction needs 5 years in a row."),
        (series(years([5, 6]), measure=SHARE), "2 figures are held; a direction needs 13 quarters or months."),
        (series(quarters([5, 6])), "2 figures are held; a direction needs 13."),
        (
            series(years([5, 6, 7], 2015), [change_of_recording("2016-01-01")]),
            "2 figures are held since recording changed; a direction needs 5 years in a row.",
        ),
        (
            series(quarters(range(11)), [change_of_recording("2015-04-01")]),
            "10 figures are held since recording changed; a direction needs 13.",
        ),
        (
            series([*quarters([1], coverage="half"), *quarters([2, 3], quarter(2015, 2))]),
            "2 figures are held since coverage changed; a direction needs 13.",
        ),
        (
            series(quarters(range(6)), new_starts=[NewStart(quarter(2015, 3).start, "A new centre", "Analyst")]),
            "4 figures are held since the new start; a direction needs 13.",
        ),
        (series(quarters([5, 6], status="provisional")), "No final figure is held; a direction needs 13."),
        (
            series([point(year_to(2018, n), 5) for n in range(1, 9)]),
            "Periods that overlap are not judged; a direction needs 13 quarters or months.",
        ),
        (
            series([*quarters(range(20)), point(year(2020), 900)]),
            "What could be judged ends with October to December 2019.",
        ),
        (
            series([point(month(2015, 1).shifted(2 * n), 5) for n in range(14)]),
            "14 figures are held, but no two of them in a row.",
        ),
        (
            series(quarters([*range(3), None, *range(3), None, *range(3), None, *range(4)]), seasonal=True),
            "13 figures are held, but the season is not known yet.",
        ),
        (
            series([*quarters([None, 98, 102, 98] * 5), point(quarter(2020, 1), 300, qualifier="over")]),
            "15 figures are held, but of the latest only a limit is known.",
        ),
        (
            broken(),
            "Not compared with 1 in the year to January 2018: consistent recording. "
            "First fair comparison: year to March 2019 with year to March 2018.",
        ),
        (
            series([point(year(2017), 5, coverage="half"), point(year(2018), 6)]),
            "Not compared with 5 (half) in 2017: different coverage, now all.",
        ),
        (
            series([point(year(2017), 60), point(year(2018), 47)], measure=DEATHS),
            "2 figures are held; a direction needs 5 years in a row. The difference could be chance.",
        ),
        (
            series([point(year(2017), 100), point(year(2018), 47)], measure=DEATHS),
            "2 figures are held; a direction needs 5 years in a row.",
        ),
        (series(then(100)), "January to March 2019 is within the usual range."),
        (series(then(120)), "January to March 2019 is above the usual range."),
        (series(then(80, status="provisional")), "January to March 2019 is below the usual range, provisional."),
        (series(then(*range(94, 101))), "At least seven figures in a row have risen."),
        (series(then(*range(106, 99, -1))), "At least seven figures in a row have fallen."),
        (series(then(108, 108)), "Two of three figures in a row are near the upper limit."),
        (series(then(98, 92, 92)), "Two of three figures in a row are near the lower limit."),
        (series(then(*[101, 101.5] * 4)), "At least seven figures in a row are above the mean."),
        (series(then(*[99, 98.5] * 4)), "At least seven figures in a row are below the mean."),
        (series(years([400, 440, 490, 530, 580])), "The last five years rise by more than chance would."),
        (series(years([580, 530, 490, 440, 400])), "The last five years fall by more than chance would."),
        (series(years([100, 110, 95, 105, 100])), "The last five years neither rise nor fall beyond chance."),
    ],
)
def test_a_tag_gives_its_reason(held: Series, reason: str) -> None:
    assert reasons.reason(read(held)) == reason


@pytest.mark.parametrize(
    ("held", "sentences"),
    [
        (series([]), ()),
        (
            series(then(100)),
            (
                "January to March 2019 is within the usual range: 100 incidents. It is not outside the usual range, "
                "and no run of figures that ends with it stands out.",
                "The usual range is 89 to 111 incidents (mean 100) a quarter, from 16 figures, January to March 2015 "
                "to October to December 2018.",
                "Beside the period before: 2 fewer than October to December 2018 (−2.0%).",
            ),
        ),
        (
            series(then(120, 121, status="provisional")),
            (
                "April to June 2019 is above the usual range: 121 (provisional) incidents. "
                "A figure outside the usual range stands out.",
                "Figures have stood out this way since January to March 2019: 2 in a row.",
                "The latest figure is not final, so this is an early sign.",
                "The usual range is 89 to 111 incidents (mean 100) a quarter, from 16 figures, January to March 2015 "
                "to October to December 2018.",
                "Beside the period before: 1 more than January to March 2019 (+0.8%), provisional for April to June "
                "2019.",
            ),
        ),
        (
            series(quarters([2, 4] * 4), [change_of_recording("2015-07-01")], seasonal=True),
            (
                "A range on trial is 0.0 to 8.3 incidents (mean 3.0) a quarter, from 6 figures, July to September 2015 "
                "to October to December 2016; earlier ones are left out: consistent recording. "
                "It judges nothing before there are 13.",
                "Beside the period before, at another time of year: 2 more than July to September 2016.",
            ),
        ),
        (
            series([point(month(2015, 1).shifted(n), 100 + n % 12) for n in range(36)], seasonal=True),
            (
                "December 2017 is within the usual range: 111 incidents. It is not outside the usual range, and no "
                "run of figures that ends with it stands out.",
                "The usual range for December is 111 to 111 incidents (mean 111) a month, from 24 figures, January "
                "2015 to December 2016.",
                "Beside the period before, at another time of year: 1 more than November 2017 (+0.9%).",
            ),
        ),
        (
            broken(),
            (
                "Consistent recording, April 2017. Because. "
                "Figures from April 2017 on are compared with one another, not with earlier ones.",
            ),
        ),
        (
            series([point(year(2017), 5, coverage="half"), point(year(2018), 6)]),
            ("Figures are compared only where they are complete and cover as much and as long.",),
        ),
        (
            series([point(year_to(2018, n), 5) for n in range(1, 9)]),
            ("Periods that overlap share most of what they count, so any course of them looks like a trend.",),
        ),
        (
            series([point(year(2017), 60), point(year(2018), 47)], measure=DEATHS),
            (
                "Chance alone sets two such counts at least so far apart about 25 in 100 times: "
                "the difference could be chance.",
            ),
        ),
        (
            series([point(year(2017), 100), point(year(2018), 47)], measure=DEATHS),
            (
                "Chance alone sets two such counts at least so far apart fewer than 1 in 100 times: "
                "the difference is more than chance usually does.",
            ),
        ),
        (
            series(years([400, 440, 490, 530, 580])),
            (
                "A line through the five years to 2014 rises by about 45 a year: more than chance would, "
                "and whichever one year is left out.",
            ),
        ),
        (
            series([*years([580, 530, 490, 440]), point(year(2014), 400, status="provisional")]),
            (
                "A line through the five years to 2014 falls by about 45 a year: more than chance would, and "
                "whichever one year is left out. The latest figure is not final, so this is an early sign.",
            ),
        ),
        (
            series(years([100, 110, 95, 105, 100])),
            ("A line through the five years to 2014 neither rises nor falls by more than chance would.",),
        ),
    ],
)
def test_why_is_told_in_sentences(held: Series, sentences: tuple[str, ...]) -> None:
    assert reasons.why(read(held)) == sentences


def test_a_new_start_of_limits_names_who_and_why() -> None:
    start = NewStart(quarter(2015, 3).start, "a new centre", "A. Nalyst")

    said = reasons.why(read(series(quarters(STEADY), new_starts=[start])))

    assert "started anew in July 2015 by A. Nalyst: a new centre." in said[1]


@given(st.lists(st.integers(0, 500), min_size=1, max_size=30), st.booleans(), st.sampled_from(["final", "provisional"]))
def test_no_reading_is_called_significant_or_given_a_cause(values: list[int], seasonal: bool, status: str) -> None:
    held = quarters(values)
    reading = read(series([*held[:-1], replace(held[-1], status=status)], seasonal=seasonal, measure=DEATHS))

    said = " ".join([reasons.tag(reading), reasons.reason(reading), *reasons.why(reading)])
    assert not re.search(r"significant|because|caused|due to|None|nan", said)
    assert len(reasons.reason(reading).split()) <= 16
