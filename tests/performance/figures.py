"""Many figures to measure with: a register of indicators and areas, and tidy tables that speak of them."""

import random
import struct
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from accounts.models import Partner
from indicators.models import Area, Indicator, Source
from indicators.periods import Period

INDICATORS, AREAS = 20, 50
CHUNK = 1 << 20
HEADER = "indicator,area_code,period_start,period_end,value,status,note\n"


def register() -> None:
    """Write the indicators and areas that the tables speak of."""
    source = Source.objects.create(slug="bench", publisher="Bench", name="Bench", kind=Source.Kind.MANAGEMENT)
    partner = Partner.objects.create(slug="bench", name="Bench", short_name="Bench", kind=Partner.Kind.OTHER)
    county = Area.objects.create(code="E10000099", name="Benchshire", kind=Area.Kind.COUNTY)
    Area.objects.create(code="E23000099", name="Bench Police", kind=Area.Kind.FORCE)
    Area.objects.bulk_create(
        Area(code=code, name=f"Bench {at}", kind=Area.Kind.DISTRICT, parent=county) for at, code in enumerate(codes())
    )
    Indicator.objects.bulk_create(
        Indicator(
            slug=slug,
            name=slug.title(),
            short_name=slug.title(),
            definition="Counted.",
            counted="call",
            counted_plural="calls",
            frequency=Indicator.Frequency.MONTH,
            polarity=Indicator.Polarity.NEITHER,
            source=source,
            area=county,
            sensitivity=Indicator.Sensitivity.OPEN,
            owner=partner,
            checker=partner,
            next_review=date(2030, 1, 1),
        )
        for slug in slugs()
    )


def slugs() -> list[str]:
    return [f"bench-{at:02}" for at in range(INDICATORS)]


def codes() -> list[str]:
    return [f"E0700{at:04}" for at in range(AREAS)]


def lines(rows: int, changed_every: int = 0) -> Iterator[str]:
    """A tidy table of so many rows, each under a key of its own; where `changed_every` is given, that often with
    another value."""
    yield HEADER
    first = Period.of(1950, 1)
    for at in range(rows):
        month = first.shifted(at // (INDICATORS * AREAS))
        slug, code = slugs_and_codes[at % (INDICATORS * AREAS)]
        value = at % 977 + (1000 if changed_every and at % changed_every == 0 else 0)
        yield f"{slug},{code},{month.start},{month.end},{value},final,\n"


slugs_and_codes = [(slug, code) for slug in slugs() for code in codes()]


def table(path: Path, rows: int, changed_every: int = 0) -> Path:
    path.write_text("".join(lines(rows, changed_every)))
    return path


STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\n"
)
TYPES = ("Anti-social behaviour", "Burglary", "Violence and sexual offences", "Vehicle crime", "Shoplifting")


def street(path: Path, rows: int) -> Path:
    """A street-level file of so many rows, over 50 months and the districts of the register."""
    with path.open("w") as file:
        file.write(STREET)
        for at in range(rows):
            month = Period.of(2015, 1).shifted(at * 50 // rows).start
            file.write(
                f"{at:064x},{month:%Y-%m},Bench Police,Bench Police,0.{at % 999999:06},51.{at % 99991:06},"
                f"On or near Street {at % 9973},E0102{at % 9000:04},Bench {at % AREAS} {at % 30:03}A,"
                f"{TYPES[at * 7 % 5]},Investigation complete; no suspect identified,\n"
            )
    return path


# --- what is no table, whatever it is called


def archive(path: Path, size: int) -> Path:
    """A file that begins as a zip does, and goes on with what means nothing."""
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        for _ in range(size // CHUNK - 1):
            file.write(random.randbytes(CHUNK))
    return path


def long_zip(path: Path, size: int, parts: int = 1_000_000) -> Path:
    """A zip of nothing but the list of a million parts, as long as one wants."""
    name = b"xl/workbook.xml"
    listed = (struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, 0, *[0] * 7, len(name), *[0] * 6) + name) * parts
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFE, 0xFFFE, len(listed), size - 22 - len(listed), 0)
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.seek(size - 22 - len(listed))
        file.write(listed + end)
    return path


def bomb(path: Path, size: int) -> Path:
    """A workbook of a few megabytes with one sheet that unpacks into so many bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
        zipped.writestr("xl/workbook.xml", "<workbook/>")
        with zipped.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(size // CHUNK):
                sheet.write(bytes(CHUNK))
    return path
