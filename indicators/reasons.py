"""Why a reading says what it says: its tag, the reason in about ten words, and the whole of it in sentences."""

from dataclasses import replace
from decimal import Decimal

from indicators import words
from indicators.analysis.reading import Outcome, Reading, Tag
from indicators.analysis.series import Measure
from indicators.analysis.signals import Limits, SpecialCause
from indicators.analysis.usual_range import POINTS_TO_JUDGE, SETTLED, Judged, Segment, Standing
from indicators.periods import MONTHS, Period
from indicators.rules import target_sentence

# Under this, a mean without decimals would say too little.
SMALL = 20
EACH = {1: "a month", 3: "a quarter"}
SIGNAL = {
    SpecialCause.ABOVE: "{period} is above the usual range",
    SpecialCause.BELOW: "{period} is below the usual range",
    SpecialCause.RISING: "At least seven figures in a row have risen",
    SpecialCause.FALLING: "At least seven figures in a row have fallen",
    SpecialCause.NEAR_UPPER: "Two of three figures in a row are near the upper limit",
    SpecialCause.NEAR_LOWER: "Two of three figures in a row are near the lower limit",
    SpecialCause.SHIFT_UP: "At least seven figures in a row are above the mean",
    SpecialCause.SHIFT_DOWN: "At least seven figures in a row are below the mean",
    SpecialCause.NONE: "{period} is within the usual range",
}
RULE = {
    SpecialCause.ABOVE: "A figure outside the usual range stands out.",
    SpecialCause.BELOW: "A figure outside the usual range stands out.",
    SpecialCause.RISING: "Seven or more figures, each higher than the one before, stand out.",
    SpecialCause.FALLING: "Seven or more figures, each lower than the one before, stand out.",
    SpecialCause.NEAR_UPPER: "Two of three figures in a row that are more than two thirds of the way from the mean "
    "to a limit, all on one side of the mean, stand out.",
    SpecialCause.SHIFT_UP: "Seven or more figures in a row on one side of the mean stand out.",
    SpecialCause.SHIFT_DOWN: "Seven or more figures in a row on one side of the mean stand out.",
    SpecialCause.NONE: "It is not outside the usual range, and no run of figures that ends with it stands out.",
}
RULE[SpecialCause.NEAR_LOWER] = RULE[SpecialCause.NEAR_UPPER]

# Why enough figures still do not judge the latest.
DOUBT = {
    Standing.UNKNOWN: "no two of them in a row",
    Standing.TRIAL: "the season is not known yet",
    Standing.JUDGED: "of the latest only a limit is known",
}


def tag(reading: Reading) -> str:
    """The tag as a page shows it: 'Fewer', 'More (worse)', 'Early sign: fewer (better)'."""
    text = f"Early sign: {words.lower_first(reading.tag)}" if reading.early else str(reading.tag)
    return f"{text} ({reading.outcome})" if reading.outcome else text


def kind(reading: Reading) -> str:
    """How a page marks the tag: better, worse, change (neither is better), usual or none."""
    if reading.outcome is not Outcome.NONE:
        return str(reading.outcome)
    return "change" if reading.direction else "usual" if reading.tag is Tag.AS_USUAL else "none"


def reason(reading: Reading) -> str:
    """Why the tag is what it is, in about ten words."""
    if reading.tag is Tag.CANNOT_COMPARE and reading.comparison:
        fair = words.first_fair(reading.comparison)
        return f"{words.refusal(reading.comparison, reading.series.measure)}. {fair}".strip(". ") + "."
    if reading.tag is Tag.TOO_FEW:
        return f"{too_few(reading)} {chance_briefly(reading)}".strip()
    if reading.judged and reading.judged.cause:
        return f"{signal(reading.judged)}{', provisional' if reading.early else ''}."
    course = {1: "rise by more than chance would", -1: "fall by more than chance would"}
    return f"The last five years {course.get(reading.direction, 'neither rise nor fall beyond chance')}."


def signal(judged: Judged) -> str:
    """What a point shows, in a sentence without its full stop."""
    text = SIGNAL[judged.cause or SpecialCause.NONE]
    return text.format(period=words.capital(judged.point.period.label))


def too_few(reading: Reading) -> str:
    """What is missing before a direction can be told."""
    needed = f"a direction needs {needs(reading)}."
    basis, latest, segment = reading.basis, reading.latest, reading.segment
    if latest is None:
        return f"No figure is held; {needed}"
    if basis and not basis.period.overlaps(latest.period):
        return f"What could be judged ends with {basis.period.in_words}."
    if reading.is_overlapping:
        return f"Periods that overlap are not judged; {needed}"
    if segment and reading.points >= POINTS_TO_JUDGE:
        return f"{reading.points} figures are held, but {DOUBT[segment.standing]}."
    since = since_briefly(reading)
    if reading.points == 0:
        return f"No final figure is held{since}; {needed}"
    final = "final " if leaves_out(reading) else ""
    return f"{reading.points} {final}figure{'s are' if reading.points > 1 else ' is'} held{since}; {needed}"


def leaves_out(reading: Reading) -> bool:
    """Whether figures are held beside those that count, because they are not final."""
    if reading.segment is None or reading.basis is None:
        return False
    comparable = reading.series.trend().since_break(reading.basis.period)
    return any(point.status not in SETTLED for point in comparable)


def needs(reading: Reading) -> str:
    """How many points a direction of this series needs: '13', '5 years in a row', '13 quarters or months'."""
    basis = reading.basis
    if basis is None or basis.period.months in EACH:
        return "13"
    is_count = reading.series.measure.kind == "count"
    annual = basis.period.months == 12 and is_count and not reading.is_overlapping
    return "5 years in a row" if annual else "13 quarters or months"


def since_briefly(reading: Reading) -> str:
    segment = reading.segment
    if segment and segment.new_start:
        return " since the new start"
    if segment and not segment.break_:
        return " since coverage changed" if len(reading.usual.segments) > 1 else ""
    return " since recording changed" if reading.series.breaks and reading.points else ""


def chance_briefly(reading: Reading) -> str:
    """Of two small counts, that chance alone would often set them so far apart; else ''."""
    return "The difference could be chance." if reading.chance and reading.chance.could_be_chance else ""


def why(reading: Reading) -> tuple[str, ...]:
    """The same in sentences: the rule, the points it is about, the usual range with its mean, since when."""
    found: list[str] = []
    if reading.tag is Tag.CANNOT_COMPARE:
        found.append(why_refused(reading))
    elif reading.judged and reading.judged.cause:
        found += why_judged(reading, reading.judged)
    elif reading.annual:
        found.append(why_annual(reading))
    elif reading.is_overlapping:
        found.append("Periods that overlap share most of what they count, so any course of them looks like a trend.")
    if reading.segment:
        found += range_sentence(reading.segment, reading)
    if target := target_sentence(reading):
        found.append(target)
    if reading.chance and reading.comparison and reading.comparison.earlier:
        found.append(chance_sentence(reading.chance.p))
    if reading.prior and reading.prior.difference is not None:
        change = words.change(reading.prior, reading.series.measure)
        season = ", at another time of year" if reading.series.seasonal else ""
        found.append(f"Beside the period before{season}: {change}.")
    return tuple(found)


def why_refused(reading: Reading) -> str:
    """What changed between two figures that are not compared, or what they would have to share."""
    break_ = reading.comparison.break_ if reading.comparison else None
    if break_ is None:
        return "Figures are compared only where they are complete and cover as much and as long."
    month, first = (f"{MONTHS[day.month]} {day.year}" for day in (break_.date, break_.first_comparable))
    return (
        f"{break_.title}, {month}. {break_.reason.rstrip('.')}. "
        f"Figures from {first} on are compared with one another, not with earlier ones."
    )


def why_judged(reading: Reading, judged: Judged) -> list[str]:
    measure, cause = reading.series.measure, judged.cause or SpecialCause.NONE
    figure = words.value_and_marks(judged.point, measure)
    found = [f"{signal(judged)}: {words.counted(figure, measure)}. {RULE[cause]}"]
    run = reading.run if reading.direction else ()
    if len(run) > 1:
        found.append(f"Figures have stood out this way since {run[0].period.in_words}: {len(run)} in a row.")
    if reading.early:
        found.append("The latest figure is not final, so this is an early sign.")
    return found


def why_annual(reading: Reading) -> str:
    last = reading.basis.period.in_words if reading.basis else ""
    if reading.annual is None or not reading.direction:
        return f"A line through the five years to {last} neither rises nor falls by more than chance would."
    course = "rises" if reading.direction > 0 else "falls"
    size = amount(abs(reading.annual.slope), reading.series.measure)
    early = " The latest figure is not final, so this is an early sign." if reading.early else ""
    return (
        f"A line through the five years to {last} {course} by about {size} a year: more than chance would, "
        f"and whichever one year is left out.{early}"
    )


def range_sentence(segment: Segment, reading: Reading) -> list[str]:
    """The usual range with its mean, what it comes from and since when; nothing where there is none."""
    last = reading.judged or segment.points[-1]
    text = range_words(last.limits, reading.series.measure)
    if not text or segment.standing is Standing.UNKNOWN:
        return []
    basis = segment.basis
    each = EACH[basis[0].period.months]
    of_season = f" for {time_of_year(last.point.period)}" if segment.season and segment.season.indices else ""
    source = f"from {len(basis)} figures, {basis[0].period.label} to {basis[-1].period.label}"
    if segment.standing is Standing.TRIAL:
        more = f"It judges nothing before there are {POINTS_TO_JUDGE}."
        return [f"A range on trial{of_season} is {text} {each}, {source}{since(segment)}. {more}"]
    return [f"The usual range{of_season} is {text} {each}, {source}{since(segment)}."]


def range_words(limits: Limits, measure: Measure) -> str:
    """'3,920 to 4,410 incidents (mean 4,165)'; '' without limits. Nothing is counted below 0."""
    if limits.mean is None or limits.lpl is None or limits.upl is None:
        return ""
    decimals = max(measure.decimals, 1 if limits.upl < SMALL else 0)
    fine = replace(measure, decimals=decimals)
    low, high, mean = (amount(line, fine) for line in (max(0.0, limits.lpl), limits.upl, limits.mean))
    return f"{words.counted(f'{low} to {high}', measure)} (mean {mean})"


def since(segment: Segment) -> str:
    """Why limits begin where they do."""
    if segment.new_start:
        start = segment.new_start
        return (
            f"; started anew in {MONTHS[start.date.month]} {start.date.year} by {start.who}: {start.reason.rstrip('.')}"
        )
    if segment.break_:
        return f"; earlier ones are left out: {words.lower_first(segment.break_.title)}"
    return ""


def time_of_year(period: Period) -> str:
    """'October to December', 'March'."""
    first, last = MONTHS[period.start.month], MONTHS[period.end.month]
    return first if first == last else f"{first} to {last}"


def chance_sentence(p: float) -> str:
    """How often chance alone sets two counts so far apart."""
    share = "fewer than 1 in 100" if p < 0.01 else f"about {round(100 * p)} in 100"
    verdict = "could be chance" if p >= 0.05 else "is more than chance usually does"
    return f"Chance alone sets two such counts at least so far apart {share} times: the difference {verdict}."


def amount(value: float, measure: Measure) -> str:
    return words.amount(Decimal(str(value)), measure)
