"""What a series is judged by, in words: the rule, the target, and the figures that stood out."""

from decimal import Decimal
from itertools import groupby

from indicators import words
from indicators.analysis.reading import Reading
from indicators.analysis.series import Measure, Target
from indicators.analysis.signals import SpecialCause
from indicators.analysis.spc import Assurance
from indicators.analysis.usual_range import Judged
from indicators.periods import Period
from indicators.where_from import WhereFrom, where_from

EACH = {1: "a month", 3: "a quarter", 12: "a year"}
# By which rule a figure stood out.
COURSE = {
    SpecialCause.ABOVE: "above the usual range",
    SpecialCause.BELOW: "below the usual range",
    SpecialCause.RISING: "at least seven in a row have risen",
    SpecialCause.FALLING: "at least seven in a row have fallen",
    SpecialCause.NEAR_UPPER: "two of three in a row near the upper limit",
    SpecialCause.NEAR_LOWER: "two of three in a row near the lower limit",
    SpecialCause.SHIFT_UP: "at least seven in a row above the mean",
    SpecialCause.SHIFT_DOWN: "at least seven in a row below the mean",
}
RULE_OF_RANGE = (
    "Each figure is set against the usual range: the mean and 2.66 mean moving ranges to either side of it, held on "
    "the first 16 quarters or 24 months after a change in recording until somebody starts it anew."
)
SEASON_FIRST = " The season is taken out first."
ASSURED = {
    Assurance.MET: "The target is met reliably: the whole usual range meets it.",
    Assurance.MISSED: "The target is not met reliably: no figure within the usual range meets it.",
    Assurance.UNCERTAIN: "The target may or may not be met: it lies within the usual range.",
}


def target_sentence(reading: Reading) -> str:
    """The target, and whether figures like those so far meet it; '' where there is none."""
    target = reading.series.target
    if target is None:
        return ""
    said = f"The target is {target_words(target, reading.series.measure)}."
    if reading.usual.assurance is None:
        return f"{said} How reliably it is met is told only of months or quarters that have a usual range."
    return f"{said} {ASSURED[reading.usual.assurance]}"


def target_words(target: Target, measure: Measure) -> str:
    """'at most 110 incidents a quarter from April 2018 to March 2019, or up to 10 beyond'."""
    bound = {"lower": "at most ", "higher": "at least "}.get(measure.polarity, "")
    each = EACH[target.months]
    period = Period(target.start, target.end)
    span = f"in {period.span}" if period.months == 1 else f"from {period.span}"
    beyond = f", or up to {words.amount(target.tolerance, measure)} beyond" if target.tolerance else ""
    return f"{bound}{words.counted(words.amount(target.value, measure), measure)} {each} {span}{beyond}"


def rule(reading: Reading) -> str:
    """The rule by which a direction of this series is told, or why none is."""
    basis = reading.basis
    if basis is None:
        return "No rule applies yet: no complete figure is held."
    if reading.is_overlapping:
        return "No direction is told of periods that overlap: each shares most of what it counts with the one before."
    if reading.usual.segments:
        return RULE_OF_RANGE + (SEASON_FIRST if reading.series.seasonal else "")
    if basis.period.months == 12 and reading.series.measure.kind == "count":
        return "Years are judged by the line through the last five that follow on one another and can be compared."
    return "No direction is told of such periods: limits come from months or quarters, a trend from counts of years."


def stood_out(reading: Reading) -> tuple[tuple[str, WhereFrom | None], ...]:
    """The runs of figures that stood out in one way, the latest first: 'January to March 2016: more than usual, 4,711
    (above the usual range)'. With each goes the link from a figure that stood out alone."""
    series, measure = reading.series, reading.series.measure
    found: list[tuple[str, WhereFrom | None]] = []
    for segment in reading.usual.segments:
        for way, group in groupby(segment.points, key=way_of):
            if way is None:
                continue
            run = list(group)
            alone = run[0].point if len(run) == 1 else None
            size = words.value_and_marks(alone, measure) if alone else f"{len(run)} figures"
            when = alone.period.label if alone else Period(run[0].point.period.start, run[-1].point.period.end).span
            rules = "; ".join(dict.fromkeys(COURSE[judged.cause] for judged in run if judged.cause))
            how = way_in_words(way, measure)
            where = where_from(measure, series.place, alone, after=f"{how}, ")
            found.append((f"{words.capital(when)}: {how}, {size} ({rules})", where))
    return tuple(found[::-1])


def way_of(judged: Judged) -> tuple[int, bool] | None:
    """Which way a point stands out, and whether by its course; None where it does not."""
    cause = judged.cause
    return (cause.direction, cause.is_course) if cause and cause.direction else None


def way_in_words(way: tuple[int, bool], measure: Measure) -> str:
    direction, is_course = way
    if is_course:
        return "rising" if direction > 0 else "falling"
    return f"{words.direction(Decimal(direction), measure)} than usual"
