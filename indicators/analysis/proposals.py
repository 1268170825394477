"""A series as it would be if something else were said about how it is judged. Nothing is stored to find out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from indicators.analysis.series import Break, Event, Measure, NewStart, Series, Target

Value = Break | NewStart | Target | Event


@dataclass(frozen=True, slots=True)
class Said:
    """A break, new start, target or event, for some indicators by their slugs; `area` is the code of the one area that
    it is for, None for every area."""

    value: Value
    indicators: frozenset[str]
    area: str | None = None

    def concerns(self, series: Series) -> bool:
        return series.measure.slug in self.indicators and self.area in (None, series.place.code)


def with_said(series: Series, was: Said | None, now: Said | None) -> Series:
    """The series with `now` said in place of `was`; None for what was not said before, or no longer is."""
    values: list[Value] = [*series.breaks, *series.new_starts, *series.targets, *series.events]
    if was is not None and was.concerns(series):
        values.remove(was.value)
    if now is not None and now.concerns(series):
        values.append(now.value)
    return with_values(series, values)


def with_values(series: Series, values: Iterable[Value]) -> Series:
    """The series with these breaks, new starts, targets and events in place of its own."""
    listed = list(values)
    return Series.of(
        series.measure,
        series.place,
        series.points,
        [value for value in listed if isinstance(value, Break)],
        series.stated,
        seasonal=series.seasonal,
        new_starts=[value for value in listed if isinstance(value, NewStart)],
        targets=[value for value in listed if isinstance(value, Target)],
        events=[value for value in listed if isinstance(value, Event)],
    )


def with_definition(series: Series, measure: Measure, *, seasonal: bool) -> Series:
    """The series with another definition of its indicator; of other indicators as it is."""
    return replace(series, measure=measure, seasonal=seasonal) if measure.slug == series.measure.slug else series
