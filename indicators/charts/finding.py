"""The finding of a chart: its title, in about ten words, always in step with the tag of the reading."""

from datetime import date
from decimal import Decimal

from indicators import reasons, words
from indicators.analysis.comparison import Comparison, Refusal
from indicators.analysis.reading import Reading, Tag
from indicators.analysis.series import Measure, Point
from indicators.analysis.signals import SpecialCause
from indicators.periods import MONTHS

REFUSED: dict[Refusal | None, str] = {
    Refusal.COVERAGE: "not compared, coverage changed",
    Refusal.LENGTH: "not compared, another length of time",
    Refusal.BOUND: "not compared, only a limit is known",
    Refusal.INCOMPLETE: "not compared, figures are incomplete",
}
YEARS = {1: "rising", 0: "neither rising nor falling", -1: "falling"}


def title(reading: Reading) -> str:
    """'Robbery: more than usual since January 2018'."""
    return f"{reading.series.measure.short_name}: {finding(reading)}"


def finding(reading: Reading) -> str:
    """What is to be known first: why figures are not compared; what stands out and since when, or that nothing does;
    the course of five years; else the change on a year earlier, which is not judged."""
    early = "early sign of " if reading.early else ""
    if reading.comparison is None:
        return "no figure is held"
    if reading.tag is Tag.CANNOT_COMPARE:
        return refused(reading.comparison)
    if reading.judged and reading.judged.cause:
        said = standing(reading.judged.cause, reading.series.measure)
        return f"{early}{said}" if early else f"{said} {since(reading)}"
    if reading.annual:
        return f"{early}{YEARS[reading.direction]} over five years"
    return not_judged(reading, reading.comparison)


def refused(comparison: Comparison) -> str:
    """'figures before April 2017 cannot be compared'."""
    if comparison.break_:
        return f"figures before {month(comparison.break_.first_comparable)} cannot be compared"
    return REFUSED[comparison.refusal]


def standing(cause: SpecialCause, measure: Measure) -> str:
    """How a figure stands: 'within the usual range', 'fewer than usual', 'rising'."""
    if cause is SpecialCause.NONE:
        return "within the usual range"
    if cause.is_course:
        return "rising" if cause.direction > 0 else "falling"
    return f"{words.direction(Decimal(cause.direction), measure)} than usual"


def since(reading: Reading) -> str:
    """Since when the same is said: 'since 2016', 'since April 2017'; of the latest figure alone its own period: 'in
    October to December 2018'."""
    first, *more = reading.run
    return f"since {beginning(first)}" if more else f"in {first.period.in_words}"


def not_judged(reading: Reading, comparison: Comparison) -> str:
    """The change on the year before, where it is one of the line that is drawn; else why nothing is judged."""
    trend, measure = reading.series.trend(), reading.series.measure
    if reading.basis and not reading.basis.period.overlaps(comparison.latest.period):
        return f"nothing to judge after {month(reading.basis.period.end)}"
    if comparison.difference is None or comparison.earlier is None or comparison.latest not in trend.points:
        return f"too few points{reasons.since_briefly(reading) or ' to judge'}"
    is_year_before = comparison.earlier.period == comparison.latest.period.shifted(-12)
    against = "a year earlier" if is_year_before else f"in {comparison.earlier.period.in_words}"
    change = words.than(comparison.difference, comparison, measure, against)
    return f"{change}, {'could be chance' if reading.chance and reading.chance.could_be_chance else 'not judged'}"


def beginning(point: Point) -> str:
    """'2016' of a period that begins with the year, else 'April 2017'."""
    return str(point.period.start.year) if point.period.start.month == 1 else month(point.period.start)


def month(day: date) -> str:
    return f"{MONTHS[day.month]} {day.year}"
