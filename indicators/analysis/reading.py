"""What can be believed of a series: its latest figure, the comparison, and a tag with its reason.

Every page, chart and sentence shows this one value.
"""

from dataclasses import dataclass
from enum import StrEnum

from indicators.analysis.comparison import Comparison, Refusal, year_before
from indicators.analysis.series import Point, Series

# With fewer separate points the usual range of a series is not known well enough to judge a single one.
POINTS_TO_JUDGE = 13


class Tag(StrEnum):
    """What is said of a direction. The value is the words on the page."""

    CANNOT_COMPARE = "Cannot be compared yet"
    TOO_FEW = "Too few points to judge"
    NO_INDICATOR = "No indicator"


@dataclass(frozen=True, slots=True)
class Reading:
    """A series in short. `points` are those comparable with the latest; `tag` is None where neither of the
    stated reasons for silence applies and no direction is given."""

    series: Series
    latest: Point | None
    comparison: Comparison | None
    tag: Tag | None
    points: int


def read(series: Series) -> Reading:
    """The reading of a series."""
    latest = series.latest()
    if latest is None:
        return Reading(series, None, None, Tag.TOO_FEW, 0)
    comparison = year_before(series, latest)
    trend = series.trend()
    basis = trend.latest() or latest
    points = len(series.since_break(basis.period))
    cannot = comparison.refusal not in (None, Refusal.NO_EARLIER)
    tag = Tag.CANNOT_COMPARE if cannot else Tag.TOO_FEW if points < POINTS_TO_JUDGE else None
    return Reading(series, latest, comparison, tag, points)
