"""The way from a figure on a page to where it comes from: the address, and the words of the link that leads there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indicators import words
from indicators.analysis.comparison import Comparison
from indicators.analysis.reading import Reading
from indicators.analysis.series import Measure, Place, Point, Series, Stated


@dataclass(frozen=True, slots=True)
class WhereFrom:
    """A link from a figure to where it comes from. `words` are those of a page that are the link; `label` says which
    figure it is to whoever hears the link alone; `after` is what stands before the words in a sentence, if anything
    must."""

    words: str
    label: str
    address: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A change in the words of its source, of which `where` leads to the publication."""

    text: str
    where: WhereFrom | None


def where_from(
    measure: Measure, place: Place, point: Point | None, text: str = "", after: str = ""
) -> WhereFrom | None:
    """The link from a figure, or from other words that stand for it; None where there is no figure or it is not
    held."""
    if point is None or not (point.key or point.parts):
        return None
    figure, of = words.value_and_marks(point, measure), words.named(measure.name, place.name)
    return WhereFrom(
        words=text or words.value(point, measure),
        label=f"Where does {figure}, {of}, {point.period.in_words} come from",
        address=address_of(measure.slug, place.code, point),
        after=after,
    )


def address_of(slug: str, area: str, point: Point) -> str:
    """A figure that is held has an address of its own; a sum is asked for by its indicator, area and period."""
    if point.key is not None:
        return f"/observations/{point.key}/"
    start, end = point.period.start, point.period.end
    return f"/indicators/{slug}/figures/?area={area}&from={start:%Y-%m}&to={end:%Y-%m}"


def of_headline(reading: Reading) -> tuple[WhereFrom | None, WhereFrom | None]:
    """The links from the figures of a headline, in their order: the latest, and the one it is compared with."""
    series = reading.series
    latest = where_from(series.measure, series.place, reading.latest, after=f"{series.measure.name}: ")
    return latest, of_earlier(series, reading.comparison)


def of_earlier(series: Series, comparison: Comparison | None) -> WhereFrom | None:
    """The link from the figure that another is compared with, as the words of the change have it: from its period
    where the change is stated, else from the figure itself."""
    earlier = comparison.earlier if comparison else None
    if comparison is None or earlier is None or earlier.value is None:
        return None
    text = earlier.period.in_words if comparison.difference is not None else ""
    return where_from(series.measure, series.place, earlier, text)


def of_sum(series: Series, point: Point | None) -> WhereFrom | None:
    """The link from the sum of the parts of a published figure, where the two differ."""
    if point is None or not words.both_values(series, point):
        return None
    return where_from(series.measure, series.place, series.added_up(point.period))


def quoted(change: Stated, measure: Measure) -> Quotation:
    """A change as its source states it."""
    return Quotation(words.stated(change, measure), of_edition(change.source, change.edition))


def quoted_briefly(change: Stated, measure: Measure) -> Quotation:
    """The same where there is little room."""
    source = change.publisher or change.source
    return Quotation(words.stated_briefly(change, measure), of_edition(source, change.edition))


def quoted_for(series: Series, latest: Point | None) -> Quotation | None:
    """The change that a source states in numbers for the latest period, or where no figure is held for any; None
    where none does."""
    of_latest = [change for change in series.stated if latest is None or change.period == latest.period]
    sized = next((change for change in of_latest if words.stated_size(change, series.measure)), None)
    return quoted_briefly(sized, series.measure) if sized else None


def of_edition(text: str, slug: str, name: str = "") -> WhereFrom:
    """The link from the words that stand for a publication; `name` where they do not name it."""
    return WhereFrom(text, name or text, f"/sources/{slug}/", after="as stated by ")


def pieces(text: str, links: Iterable[WhereFrom | None]) -> list[str | WhereFrom]:
    """A text with the words of each link taken out of it and the link in their place, in order. A link whose words are
    not there is left out."""
    found: list[str | WhereFrom] = []
    for link in filter(None, links):
        start = text.find(link.after) + len(link.after) if link.after in text else 0
        match = re.compile(rf"(?<![\w.,]){re.escape(link.words)}(?!\w|[.,]\d)").search(text, start)
        if match:
            found += [text[: match.start()], link]
            text = text[match.end() :]
    return [*found, text]
