"""Indicators and figures in the database, for tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import Partner
from indicators.models import Area, Extract, Indicator, Observation, SeriesBreak, Source, SourceEdition
from indicators.periods import Period
from tests.plan import partner


def county() -> Area:
    return Area.objects.get_or_create(code="E10000099", defaults={"name": "Testshire", "kind": Area.Kind.COUNTY})[0]


def district(code: str = "E07000099", name: str = "Testford") -> Area:
    return Area.objects.create(code=code, name=name, kind=Area.Kind.DISTRICT, parent=county())


def edition() -> SourceEdition:
    source, _ = Source.objects.get_or_create(
        slug="police-returns",
        defaults={
            "publisher": "Test Police",
            "name": "Returns",
            "kind": Source.Kind.MANAGEMENT,
            "licence": "With permission",
        },
    )
    return SourceEdition.objects.get_or_create(
        slug="returns-2019", defaults={"source": source, "title": "Returns 2019"}
    )[0]


def indicator(slug: str = "calls", **said: Any) -> Indicator:
    """An indicator of the county, open, of the police. `said` overrides any field."""
    owner = Partner.objects.filter(slug="owner").first() or partner("owner", "Test Office")
    name = slug.replace("-", " ").capitalize()
    fields = {
        "name": name,
        "short_name": name,
        "definition": "Calls that came in.",
        "counted": "call",
        "counted_plural": "calls",
        "frequency": Indicator.Frequency.QUARTER,
        "polarity": Indicator.Polarity.NEITHER,
        "source": edition().source,
        "area": county(),
        "sensitivity": Indicator.Sensitivity.OPEN,
        "owner": owner,
        "checker": owner,
        "next_review": date(2020, 3, 31),
        **said,
    }
    return Indicator.objects.create(slug=slug, **fields)


def extract(name: str = "returns.csv") -> Extract:
    return Extract.objects.get_or_create(
        sha256=name.encode().hex().ljust(64, "0")[:64],
        defaults={"original_name": name, "format": "native", "size": 1, "state": Extract.State.USED},
    )[0]


def held(
    of: Indicator, period: Period, value: float | str | None, *, area: Area | None = None, **said: Any
) -> Observation:
    """A figure as it would come from line 2 of returns.csv, for the indicator's own area."""
    fields = {"extract": extract(), "line": 2, "since": 1, "edition": edition(), **said}
    return Observation.objects.create(
        indicator=of,
        area=area or of.area,
        period_start=period.start,
        period_end=period.end,
        value=None if value is None else Decimal(str(value)),
        **fields,
    )


def recording_changed(of: Indicator, day: date, title: str = "Consistent recording", **said: Any) -> SeriesBreak:
    made = SeriesBreak.objects.create(
        slug=f"{of.slug}-{day:%Y-%m}",
        date=day,
        kind=SeriesBreak.Kind.RECORDING,
        title=title,
        **{"first_comparable": day, "reason": "Recording improved.", "recorded_by_name": "Ann Analyst", **said},
    )
    made.indicators.add(of)
    return made
