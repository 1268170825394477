"""The words about a chart: what it shows as subtitle, and the whole of it in sentences."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from indicators import reasons, words
from indicators.analysis.comparison import year_before
from indicators.analysis.reading import read
from indicators.analysis.series import WHOLE, Event, Point, Series, Target
from indicators.analysis.usual_range import Standing
from indicators.charts.line import Line
from indicators.periods import MONTHS, Period

SHAPES = {"better": "Diamonds", "worse": "Triangles", "change": "Squares"}
MEANING = {"better": " for the better", "worse": " for the worse", "change": ""}
KINDS = {"campaign": "Campaign", "law": "Law", "other": "Event"}
EVERY = {1: "month", 3: "quarter", 6: "half-year", 12: "year"}


def latest_whole(trend: Series) -> Point | None:
    """The last figure that is complete: what a finding is about."""
    whole = [p for p in trend.points if p.value is not None and p.status in WHOLE]
    return whole[-1] if whole else None


def subtitle(trend: Series, line: Line) -> str:
    """'Robbery, Kent and Medway, each quarter, April 2006 to December 2018'; and where the value axis begins,
    if not at zero."""
    text = f"{words.named(trend.measure.name, trend.place.name)}, {every(trend)}, {span(trend)}"
    return text if line.scale.from_zero else f"{text}. The scale begins at {line.value_labels[0]}, not at zero"


def every(trend: Series) -> str:
    """'each quarter', 'each year', 'twelve months at a time'."""
    held = [p.period for p in trend.points]
    months = held[0].months
    if any(a.overlaps(b) for a, b in pairwise(held)):
        return f"{months} months at a time"
    return f"each {EVERY[months]}" if months in EVERY else f"every {months} months"


def span(trend: Series) -> str:
    """From the first month to the last; calendar years by their numbers: '2012 to 2018'."""
    return span_of(trend.points[0].period, trend.points[-1].period)


def span_of(first: Period, last: Period) -> str:
    if first.label.isdigit() and last.label.isdigit():
        return f"{first.label} to {last.label}"
    return f"{MONTHS[first.start.month]} {first.start.year} to {MONTHS[last.end.month]} {last.end.year}"


def in_words(trend: Series) -> str:
    """The chart in sentences: what, where, how often and from when to when; the latest figure and its change;
    breaks; what is not final; what is missing."""
    measure = trend.measure
    said = [f"{words.named(measure.name, trend.place.name)}, {every(trend)} from {span(trend)}"]
    latest = latest_whole(trend)
    if latest:
        said.append(latest_sentence(trend, latest))
    said += range_sentences(trend)
    line = Line.of(trend)
    said += [target_sentence(target, trend) for target in line.targets]
    said += [break_sentence(b.title, b.first_comparable) for b in line.breaks]
    said += [event_sentence(event) for event in line.events]
    said += status_sentences(trend.points, latest)
    return " ".join(f"{sentence}." for sentence in said)


def latest_sentence(trend: Series, latest: Point) -> str:
    figure = words.value_and_marks(latest, trend.measure)
    comparison = year_before(trend, latest)
    if comparison.difference is None:
        return f"{words.capital(latest.period.label)}: {figure}. {words.refusal(comparison, trend.measure)}"
    return f"{words.capital(latest.period.label)}: {figure}, {words.change(comparison, trend.measure)}"


def range_sentences(trend: Series) -> list[str]:
    """The usual ranges that are drawn, whether the latest figure lies within, and what the shapes of points mean."""
    reading = read(trend)
    found = [reasons.signal(reading.judged)] if reading.judged else []
    for segment in reading.usual.segments:
        text = reasons.range_words(segment.limits, trend.measure)
        if not text or segment.standing is Standing.UNKNOWN:
            continue
        first, last = segment.points[0].point.period, segment.points[-1].point.period
        name = "Usual range" if segment.standing is Standing.JUDGED else "Range on trial"
        season = ", moving with the season" if segment.season and segment.season.indices else ""
        found.append(f"{name}, {span_of(first, last)}: {text}{season}")
    looks = {d.signal for d in Line.of(trend).drawn if d.signal}
    return found + [f"{SHAPES[look]} mark figures that stand out{MEANING[look]}" for look in SHAPES if look in looks]


def target_sentence(target: Target, trend: Series) -> str:
    """'Target, April 2018 to March 2019: 700 casualties each year'."""
    amount = words.amount(target.value, trend.measure)
    span = span_of(Period(target.start, target.end), Period(target.start, target.end))
    return f"Target, {span}: {amount} {words.unit(trend.measure)} each {EVERY[target.months]}"


def event_sentence(event: Event) -> str:
    """'Campaign, October 2018: Hate Crime Awareness Week'."""
    first = f"{MONTHS[event.start.month]} {event.start.year}"
    last = f"{MONTHS[event.end.month]} {event.end.year}" if event.end else first
    return f"{KINDS[event.kind]}, {first if last == first else f'{first} to {last}'}: {event.title}"


def break_sentence(label: str, first_comparable: date) -> str:
    month = f"{MONTHS[first_comparable.month]} {first_comparable.year}"
    return f"{label}: figures before {month} cannot be compared with later ones"


def status_sentences(points: Sequence[Point], latest: Point | None) -> list[str]:
    """What the looks of points mean: which are not final, not complete, or without a value."""
    found = []
    for status, sentence in (
        ("provisional", "Provisional: {}"),
        ("estimated", "Estimated: {}"),
        ("incomplete", "Incomplete, so not joined to the line: {}"),
        ("unreliable", "Unreliable, so not joined to the line: {}"),
        ("suppressed", "Suppressed: {}"),
        ("not_available", "Not available: {}"),
        ("not_applicable", "Not applicable: {}"),
    ):
        concerned = [p for p in points if p.status == status]
        if concerned and not (status == "provisional" and concerned == [latest]):
            found.append(sentence.format(listed([p.period.label for p in concerned])))
    return found


def listed(labels: Sequence[str]) -> str:
    """'a', 'a and b', 'a to d' for more: the first and the last with their number between."""
    if len(labels) <= 2:
        return " and ".join(labels)
    return f"{len(labels)} figures from {labels[0]} to {labels[-1]}"
