"""How current each indicator is, as lines of a table; and which of its figures should be final by now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, F, Value, When

from indicators.analysis.currency import Currency, currency, final_by
from indicators.extracts.dates import in_words
from indicators.models import Indicator, Observation
from indicators.periods import Period

OFTEN = {
    "month": "Each month",
    "quarter": "Each quarter",
    "year": "Each year",
    "rolling-year": "Twelve months, each quarter",
    "irregular": "From time to time",
}
MOST_PERIODS = 3


@dataclass(frozen=True, slots=True)
class CurrencyLine:
    """One indicator. `provisional` says which of its provisional figures should be final by now, '' where none."""

    slug: str
    name: str
    area: str
    publisher: str
    often: str
    state: Currency
    provisional: str

    @property
    def latest_end(self) -> date:
        return self.state.latest.end if self.state.latest else date.min

    @property
    def expected(self) -> date:
        return self.state.expected or date.max


def currency_lines(today: date) -> list[CurrencyLine]:
    """Every indicator as it stands today, by name; in three queries."""
    indicators = list(Indicator.objects.select_related("area", "source"))
    held = held_periods()
    provisional = provisional_periods()
    return [
        CurrencyLine(
            slug=each.slug,
            name=each.name,
            area=each.area.name,
            publisher=each.source.publisher,
            often=OFTEN[each.frequency],
            state=state_of(each, held, today),
            provisional=past_their_date(each, provisional.get(each.pk, set()), today),
        )
        for each in indicators
    ]


def state_of(indicator: Indicator, held: Mapping[int, set[Period]], today: date) -> Currency:
    return currency(indicator.frequency, indicator.months_until_final, held.get(indicator.pk, set()), today)


def held_periods() -> dict[int, set[Period]]:
    """The periods held of each indicator for the area it is reported for; for any area where that one has none."""
    main = Case(When(area=F("indicator__area"), then=Value(True)), default=False, output_field=BooleanField())
    rows = Observation.objects.filter(until__isnull=True).annotate(main=main).order_by()
    found: dict[tuple[int, bool], set[Period]] = defaultdict(set)
    for pk, start, end, is_main in rows.values_list("indicator", "period_start", "period_end", "main").distinct():
        found[pk, is_main].add(Period(start, end))
    return {pk: found.get((pk, True)) or periods for (pk, _), periods in dict(found).items()}


def provisional_periods() -> dict[int, set[Period]]:
    """The periods of each indicator's provisional figures."""
    rows = Observation.objects.filter(until__isnull=True, status=Observation.Status.PROVISIONAL).order_by()
    found: dict[int, set[Period]] = defaultdict(set)
    for pk, start, end in rows.values_list("indicator", "period_start", "period_end").distinct():
        found[pk].add(Period(start, end))
    return found


def past_their_date(indicator: Indicator, periods: Iterable[Period], today: date) -> str:
    """'2018, final by 31 May 2019', of several the first three; '' where none is past its date."""
    past = [
        f"{period.label}, final by {in_words(by)}"
        for period in sorted(periods, key=lambda period: (period.end, period.start))
        if (by := final_by(period, indicator.months_until_final, indicator.final_expected)) and by < today
    ]
    more = len(past) - MOST_PERIODS
    return "; ".join(past[:MOST_PERIODS]) + (f"; and {more} more" if more > 0 else "")
