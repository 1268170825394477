"""Numbers, changes and periods in words: the only formatters. Pages, charts, sentences and downloads for people
all take their text from here."""

from decimal import ROUND_HALF_UP, Decimal

from indicators.analysis.comparison import Comparison, Refusal
from indicators.analysis.reading import Reading
from indicators.analysis.series import Measure, Point, Series, Stated

MINUS = "\N{MINUS SIGN}"
THIN = "\N{NO-BREAK SPACE}"

STATUS = {
    "final": "",
    "provisional": "provisional",
    "estimated": "estimated",
    "incomplete": "incomplete",
    "unreliable": "unreliable",
    "suppressed": "suppressed",
    "not_available": "not available",
    "not_applicable": "not applicable",
}
QUALIFIER = {
    "exact": "",
    "about": "about ",
    "over": "over ",
    "under": "under ",
    "range": "",
}


def number(value: Decimal, decimals: int = 0) -> str:
    """Thousands separated by commas, rounded half away from zero, with a true minus sign: '−8,151'."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(rounded):,f}"
    return MINUS + text if rounded < 0 else text


def money(value: Decimal) -> str:
    """Pounds: '£399,000', '£170 million', '£21.5 billion'. Rounded only where nothing is lost."""
    for size, name in ((Decimal(10**9), "billion"), (Decimal(10**6), "million")):
        if abs(value) >= size and value % (size / 10) == 0:
            text = number(value / size, 0 if value % size == 0 else 1)
            return f"{MINUS if value < 0 else ''}£{text.lstrip(MINUS)}{THIN}{name}"
    pence = 0 if value == value.to_integral_value() else 2
    return f"{MINUS if value < 0 else ''}£{number(abs(value), pence)}"


def amount(value: Decimal, measure: Measure) -> str:
    """A number in the indicator's unit, without its qualifier: '31,204', '83%', '£399,000'."""
    if measure.kind == "money":
        return money(value)
    text = number(value, measure.decimals)
    return f"{text}%" if measure.kind == "percentage" else text


def value(point: Point, measure: Measure) -> str:
    """A figure with its qualifier, or the reason why there is none: 'about 3,100', '15% to 25%', 'suppressed'."""
    if point.value is None:
        return STATUS[point.status]
    text = QUALIFIER[point.qualifier] + amount(point.value, measure)
    return text if point.value_to is None else f"{text} to {amount(point.value_to, measure)}"


def unit(measure: Measure) -> str:
    """What the numbers count: 'incidents', 'people per 100,000', 'per cent of clients', 'pounds'."""
    if measure.kind == "rate":
        return f"{measure.counted_plural} per {measure.per:,}"
    if measure.kind == "percentage":
        return f"per cent of {measure.counted_plural}"
    return "pounds" if measure.kind == "money" else measure.counted_plural


def counted(text: str, measure: Measure) -> str:
    """A written figure or range with what it counts: '7,118 incidents', '45% of clients', '£399,000'."""
    if measure.kind == "money":
        return text
    return f"{text} of {measure.counted_plural}" if measure.kind == "percentage" else f"{text} {unit(measure)}"


def marks(point: Point) -> tuple[str, ...]:
    """What must be said beside a figure: 'provisional', 'incomplete', 'added up', '38 of 43 forces'."""
    said = [STATUS[point.status]] if point.value is not None else []
    said += [f"added up from {len(point.parts)} figures"] if point.added_up else []
    return tuple(word for word in [*said, point.coverage] if word)


def value_and_marks(point: Point, measure: Measure) -> str:
    """A figure with what must be said beside it: '728 (provisional)'."""
    said = marks(point)
    return f"{value(point, measure)} ({', '.join(said)})" if said else value(point, measure)


def both_values(series: Series, point: Point) -> str:
    """Where a published figure and the sum of its parts differ, both: '21,116 published · 21,115 added up from
    4 figures'; else nothing."""
    added = None if point.added_up else series.added_up(point.period)
    if added is None or added.value is None or point.value is None or added.value == point.value:
        return ""
    return f"{amount(point.value, series.measure)} published · {summed(added, series.measure)}"


def summed(added: Point, measure: Measure) -> str:
    """A sum beside what was published: '21,115 added up from 4 figures'."""
    return f"{value(added, measure)} added up from {len(added.parts)} figures"


def named(name: str, area: str) -> str:
    """An indicator with its area, which some names end with already: 'Firearm offences, England and Wales'."""
    return name if name.endswith(area) else f"{name}, {area}"


def better(measure: Measure) -> str:
    """Which way is better: 'Fewer is better', 'Neither more nor fewer is better by itself'."""
    fewer, more = ("fewer", "more") if measure.kind == "count" else ("lower", "higher")
    if measure.polarity == "neither":
        return f"Neither {more} nor {fewer} is better by itself"
    return f"{(fewer if measure.polarity == 'lower' else more).capitalize()} is better"


def signed(value: Decimal, decimals: int = 0) -> str:
    """With its sign: '+14.0', '−20.7', '0.0'."""
    text = number(value, decimals)
    return f"+{text}" if value > 0 else text


def change(comparison: Comparison, measure: Measure) -> str:
    """The change in words, or why it is not stated: '8,151 fewer than the year to January 2018 (−20.7%)'."""
    if comparison.difference is None or comparison.earlier is None:
        return refusal(comparison, measure)
    text = than(comparison.difference, comparison, measure, comparison.earlier.period.in_words)
    if comparison.percent is not None and comparison.difference:
        text += f" ({signed(comparison.percent, 1)}%)"
    return text + caution(comparison)


def than(difference: Decimal, comparison: Comparison, measure: Measure, against: str) -> str:
    """A difference against something: '8,151 fewer than 2017', 'about the same as 2017'."""
    sides = [side for side in (comparison.earlier, comparison.latest) if side]
    roughly = "about " if any(side.qualifier == "about" for side in sides) else ""
    if difference == 0:
        return f"{'about the' if roughly else 'the'} same as {against}"
    return f"{roughly}{amount_of_change(abs(difference), measure)} {direction(difference, measure)} than {against}"


def direction(difference: Decimal, measure: Measure) -> str:
    """'fewer' or 'more' for counts, 'lower' or 'higher' for everything else."""
    pair = ("fewer", "more") if measure.kind == "count" else ("lower", "higher")
    return pair[difference > 0]


def amount_of_change(size: Decimal, measure: Measure) -> str:
    if measure.kind == "percentage":
        return f"{number(size, measure.decimals)} percentage points"
    return amount(size, measure)


def caution(comparison: Comparison) -> str:
    """What a reader must know of a stated change: which sides are not final."""
    sides = [side for side in (comparison.latest, comparison.earlier) if side and STATUS[side.status]]
    if len(sides) == 2 and sides[0].status == sides[1].status:
        return f", both {STATUS[sides[0].status]}"
    return "".join(f", {STATUS[side.status]} for {side.period.label}" for side in sides)


def refusal(comparison: Comparison, measure: Measure) -> str:
    """Why a change is not stated, with the figure it is not stated against, in a sentence without its full stop:
    'Not compared with 42,072 in 2017: crime recording changed'."""
    earlier = comparison.earlier
    against = f"{value_and_marks(earlier, measure)} in {earlier.period.in_words}" if earlier else ""
    match comparison.refusal:
        case Refusal.BREAK if comparison.break_ and earlier:
            return f"Not compared with {against}: {lower_first(comparison.break_.title)}"
        case Refusal.COVERAGE if earlier:
            return f"Not compared with {against}: different coverage, now {comparison.latest.coverage or 'all'}"
        case Refusal.BOUND if earlier:
            return f"Not compared with {against}: only a limit is known, not the figure"
        case Refusal.INCOMPLETE if earlier:
            unsure = earlier if earlier.status in ("incomplete", "unreliable") else comparison.latest
            return f"Not compared with {against}: {unsure.period.label} is {STATUS[unsure.status]}"
        case Refusal.LENGTH if earlier:
            return f"Not compared with {against}: a different length of time"
        case _:
            return "No earlier figure is held to compare with"


def first_fair(comparison: Comparison) -> str:
    """What may be compared after a break: 'First fair comparison: year to March 2019 with year to March 2018', or
    where that time is past, 'Figures compare from 2016 on'."""
    if comparison.first_fair is None:
        return ""
    earlier, later = comparison.first_fair
    if later.end <= comparison.latest.period.end:
        return f"Figures compare from {earlier.label} on"
    return f"First fair comparison: {later.label} with {earlier.label}"


def stated(change_: Stated, measure: Measure) -> str:
    """A change as its source states it: '+17.1% (about +29,120) on the year to January 2018, as stated by …'."""
    return f"{stated_alone(change_, measure)}, as stated by {change_.source}"


def stated_briefly(change_: Stated, measure: Measure) -> str:
    """The same where there is little room: '+17.1% (about +29,120) on 2017, as stated by Kent Police'."""
    return f"{stated_alone(change_, measure)}, as stated by {change_.publisher or change_.source}"


def stated_alone(change_: Stated, measure: Measure) -> str:
    """The same without who states it."""
    return change_.words.rstrip(".") or f"{stated_size(change_, measure)} on {change_.against.in_words}"


def stated_size(change_: Stated, measure: Measure) -> str:
    """'+17.1% (about +29,120)', '−42%', 'about +1,500'; '' where the source gives no number."""
    about = QUALIFIER.get(change_.qualifier, "")
    percent = f"{signed_plain(change_.percent)}%" if change_.percent is not None else ""
    if change_.absolute is None:
        return about + percent if percent else ""
    absolute = f"{about}{signed(change_.absolute, measure.decimals)}"
    return f"{percent} ({absolute})" if percent else absolute


def signed_plain(value: Decimal) -> str:
    """A percentage with the decimals its source gave, and its sign."""
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    return signed(value, max(0, -exponent) if isinstance(exponent, int) else 0)


def headline(reading: Reading) -> str:
    """The one sentence of a reading: figure, area, period and change."""
    series, latest = reading.series, reading.latest
    if latest is None or reading.comparison is None:
        return f"{series.measure.name}: no figure is held."
    figure = value_and_marks(latest, series.measure)
    start = f"{series.measure.name}: {figure} in {series.place.name} in {latest.period.in_words}"
    if reading.comparison.difference is None:
        text = f"{start}. {refusal(reading.comparison, series.measure)}"
        fair = first_fair(reading.comparison)
        return f"{text}. {fair}." if fair else f"{text}."
    return f"{start}, {change(reading.comparison, series.measure)}."


def lower_first(text: str) -> str:
    """A label inside a sentence: 'Crime recording' → 'crime recording', but 'CRASH' and 'ASB' stay."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """The beginning of a sentence: 'October to December 2018', 'Year to January 2019'."""
    return text[:1].upper() + text[1:]
