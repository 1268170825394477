"""What a series is judged by, in words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from indicators import reasons, rules
from indicators.analysis.reading import read
from indicators.analysis.series import Measure, Series, Target
from tests.series import INCIDENTS, RATE, SHARE, month, point, quarter, quarters, series, year_to, years

# Around 100, with limits at 89.36 and 110.64.
STEADY = (98, 102) * 8
FEWER, MORE = (replace(INCIDENTS, polarity=polarity) for polarity in ("lower", "higher"))


def target(value: str, months: int = 3, *, tolerance: str = "0", last: date = date(2020, 3, 31)) -> Target:
    return Target(Decimal(value), months, date(2019, 4, 1), last, Decimal(tolerance))


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (series([]), "No rule applies yet: no complete figure is held."),
        (series([point(year_to(2018, 1 + n), 5) for n in range(3)]), "No direction is told of periods that overlap:"),
        (series(quarters([1, 2])), "Each figure is set against the usual range: the mean and 2.66 mean moving ranges"),
        (series(years([1, 2])), "Years are judged by the line through the last five"),
        (series(years([1, 2]), measure=RATE), "No direction is told of such periods: limits come from months or"),
    ],
)
def test_the_rule_follows_from_the_periods(held: Series, said: str) -> None:
    assert rules.rule(read(held)).startswith(said)


@pytest.mark.parametrize("seasonal", [True, False])
def test_the_rule_says_that_the_season_is_taken_out(seasonal: bool) -> None:
    said = rules.rule(read(series(quarters([1, 2]), seasonal=seasonal)))

    assert said.endswith(" The season is taken out first.") == seasonal


def test_without_a_target_nothing_is_said_of_one() -> None:
    reading = read(series(quarters(STEADY), measure=FEWER))

    assert rules.target_sentence(reading) == ""
    assert "target" not in " ".join(reasons.why(reading))


@pytest.mark.parametrize(
    ("measure", "value", "said"),
    [
        (FEWER, "111", "The target is met reliably: the whole usual range meets it."),
        (FEWER, "100", "The target may or may not be met: it lies within the usual range."),
        (FEWER, "80", "The target is not met reliably: no figure within the usual range meets it."),
        (MORE, "80", "The target is met reliably: the whole usual range meets it."),
        (MORE, "111", "The target is not met reliably: no figure within the usual range meets it."),
        (INCIDENTS, "111", "How reliably it is met is told only of months or quarters that have a usual range."),
    ],
)
def test_how_reliably_a_target_is_met_is_said_in_words_and_among_the_reasons(
    measure: Measure, value: str, said: str
) -> None:
    reading = read(series(quarters(STEADY), measure=measure, targets=[target(value)]))

    assert rules.target_sentence(reading).endswith(said)
    assert rules.target_sentence(reading) in reasons.why(reading)


def test_of_too_few_figures_it_is_not_said_how_reliably_a_target_is_met() -> None:
    reading = read(series(quarters(STEADY[:12]), measure=FEWER, targets=[target("100")]))

    assert "told only of months or quarters that have a usual range" in rules.target_sentence(reading)


@pytest.mark.parametrize(
    ("wanted", "measure", "said"),
    [
        (target("1110"), FEWER, "at most 1,110 incidents a quarter from April 2019 to March 2020"),
        (target("110", 1, last=date(2019, 4, 30)), FEWER, "at most 110 incidents a month in April 2019"),
        (target("110", 12), MORE, "at least 110 incidents a year from April 2019 to March 2020"),
        (target("110", tolerance="10"), FEWER, ", or up to 10 beyond"),
        (target("45.5"), replace(SHARE, polarity="higher"), "at least 45.5% of clients a quarter"),
        (target("5"), INCIDENTS, "5 incidents a quarter"),
    ],
)
def test_a_target_is_told_with_its_unit_length_and_time(wanted: Target, measure: Measure, said: str) -> None:
    words = rules.target_words(wanted, measure)

    assert words.startswith(said) or words.endswith(said)


def texts_of(held: Series) -> list[str]:
    return [text for text, _ in rules.stood_out(read(held))]


def test_a_steady_series_has_no_figure_that_stood_out() -> None:
    assert rules.stood_out(read(series(quarters(STEADY)))) == ()


def test_figures_that_stood_out_are_told_as_runs_in_one_way_the_latest_first() -> None:
    held = series([*quarters([*STEADY, 140, 98, 102, 98]), *quarters([*[103] * 8, 120, 80], quarter(2020, 1))])

    assert texts_of(held) == [
        "April to June 2022: fewer than usual, 80 (below the usual range)",
        "January 2020 to March 2022: more than usual, 9 figures (at least seven in a row above the mean; above the "
        "usual range)",
        "January to March 2019: more than usual, 140 (above the usual range)",
    ]


@pytest.mark.parametrize(("step", "way"), [(1, "rising"), (-1, "falling")])
def test_a_course_is_told_as_one(step: int, way: str) -> None:
    held = series(quarters([*(100 - 10 * step, 100 + 10 * step) * 8, *(100 + step * (n - 3) for n in range(7))]))

    assert texts_of(held) == [
        f"January 2019 to September 2020: {way}, 7 figures (at least seven in a row have "
        f"{'risen' if step > 0 else 'fallen'})",
    ]


def test_a_month_is_told_by_its_name_and_a_rate_as_higher() -> None:
    held = series(
        [point(month(2015, 1).shifted(n), value) for n, value in enumerate([*(98, 102) * 12, 140])], measure=RATE
    )

    assert texts_of(held) == ["January 2017: higher than usual, 140.0 (above the usual range)"]
