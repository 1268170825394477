"""From every figure that a page shows one gets to where it comes from: Kent's agreement, walked link by link by someone
of the governing group, who may read everything but the files themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.db.models import QuerySet
from django.test import Client

from accounts.roles import Role
from indicators.models import Area, Indicator, Observation
from priorities.models import Priority, PriorityIndicator
from tests.held import held, indicator
from tests.plan import someone
from tests.series import year

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "kent-2018-19"
LEADS = re.compile(r"/observations/\d+/|/indicators/[a-z0-9-]+/figures/\?.*")
WITH_THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w,]|\.\d)")
WHOLE = ("final", "provisional", "estimated")


@dataclass
class Seen(HTMLParser):
    """A page as it is read: the links from figures (address, name, words), and all its words."""

    links: set[tuple[str, str, str]] = field(default_factory=set)
    text: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    skipped: int = 0
    open_link: tuple[str, str] | None = None
    words: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.skipped += tag in ("script", "svg", "select")
        if tag == "a" and LEADS.fullmatch(found.get("href") or ""):
            self.open_link, self.words = (found["href"] or "", found.get("aria-label") or ""), ""
        if tag in ("dt", "dd"):
            self.cells.append([])

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag in ("script", "svg", "select")
        if tag == "a" and self.open_link:
            self.links.add((*self.open_link, self.words))
            self.open_link = None

    def handle_data(self, data: str) -> None:
        if self.skipped:
            return
        self.words += data
        self.text.append(data)
        if self.cells:
            self.cells[-1].append(data)

    @property
    def numbers(self) -> set[str]:
        """What stands in the text as a number of four digits and more."""
        return set(WITH_THOUSANDS.findall("".join(self.text)))

    def term(self, name: str) -> str:
        """What a list of terms says under a name."""
        texts = ["".join(cell).strip() for cell in self.cells]
        return texts[texts.index(name) + 1]


def see(reader: Client, address: str) -> Seen:
    response = reader.get(address)
    assert response.status_code == 200, address
    page = Seen()
    page.feed(response.content.decode())
    return page


@pytest.fixture
def reader(client: Client, kent_agreement: None) -> Client:
    client.force_login(someone(Role.GOVERNING_GROUP))
    return client


def dead_ends(reader: Client, pages: dict[str, Seen]) -> Iterator[str]:
    """Links whose page does not show the figure, or the period, that the link stands for."""

    @cache
    def origin(address: str) -> Seen:
        return see(reader, address)

    for address, name, words in sorted({link for page in pages.values() for link in page.links}):
        figure, period = origin(address).term("Figure"), origin(address).term("Period").partition(" (")[0]
        of_period = name.lower().endswith((f", {period.lower()} come from", f", the {period.lower()} come from"))
        stands_for = figure.startswith(words) or words.removeprefix("the ").lower() == period.lower()
        if not (name.startswith(f"Where does {figure}, ") and of_period and stands_for):
            yield f"{address} ({words}; {name}): {figure}, {period}"


def without_link(page: Seen, about: QuerySet[Indicator]) -> set[str]:
    """The numbers of four digits and more in the text of a page that are figures held of the indicators it is about,
    and no link anywhere on it."""
    values = Observation.objects.filter(indicator__in=about, value__gte=1000).values_list("value", flat=True)
    known = {f"{value:,.0f}" for value in values if value == value.to_integral_value()}
    return (page.numbers & known) - {number for *_, words in page.links for number in WITH_THOUSANDS.findall(words)}


def latest(of: Indicator) -> Observation | None:
    """The complete figure that ends last, of two the longer, for the area that an indicator is reported for."""
    rows = Observation.objects.filter(indicator=of, area=of.area, until=None, value__isnull=False)
    whole = [row for row in rows if row.status in WHOLE] or list(rows)
    return max(whole, key=lambda row: (row.period_end, row.period.months), default=None)


def addresses(rows: Iterator[Observation | None]) -> set[str]:
    return {f"/observations/{row.pk}/" for row in rows if row}


def leads_from(page: Seen) -> set[str]:
    return {address for address, *_ in page.links}


def test_on_the_overview_and_the_pages_of_the_priorities(reader: Client) -> None:
    pages = {"/": see(reader, "/"), "/priorities/": see(reader, "/priorities/")}
    for priority in Priority.objects.all():
        address = f"/priorities/{priority.slug}/"
        pages[address] = see(reader, address)
        uses = PriorityIndicator.objects.filter(priority=priority).select_related("indicator__area")
        main = uses.filter(role=PriorityIndicator.Role.MAIN)

        assert addresses(latest(use.indicator) for use in uses) <= leads_from(pages[address])
        for short in ("/", "/priorities/"):
            assert addresses(latest(use.indicator) for use in main) <= leads_from(pages[short])
        assert without_link(pages[address], Indicator.objects.filter(pk__in=uses.values("indicator"))) == set()

    assert without_link(pages["/"], Indicator.objects.all()) == set()
    assert without_link(pages["/priorities/"], Indicator.objects.all()) == set()
    assert sum(len(page.links) for page in pages.values()) > 100
    assert list(dead_ends(reader, pages)) == []


def test_on_the_list_and_the_pages_of_the_indicators(reader: Client) -> None:
    pages = {"/indicators/": see(reader, "/indicators/")}
    for each in Indicator.objects.select_related("area"):
        address = f"/indicators/{each.slug}/"
        pages[address] = see(reader, address)
        rows = Observation.objects.filter(indicator=each, area=each.area, until=None)

        assert addresses(iter(rows)) <= leads_from(pages[address])
        assert addresses(iter([latest(each)])) <= leads_from(pages["/indicators/"])
        about = Indicator.objects.filter(pk=each.pk) | Indicator.objects.filter(read_together=each)
        assert without_link(pages[address], about) == set()

    assert without_link(pages["/indicators/"], Indicator.objects.all()) == set()
    assert sum(len(page.links) for page in pages.values()) > 700
    assert list(dead_ends(reader, pages)) == []


def test_on_the_pages_of_the_areas(reader: Client) -> None:
    november = "/areas/?indicator=street-burglary&period=November+2018"
    pages = {address: see(reader, address) for address in ("/areas/", november)}
    for area in Area.objects.filter(code__in=("E10000016", "E23000032", "E06000035", "E07000106", "K04000001")):
        pages[f"/areas/{area.code}/"] = see(reader, f"/areas/{area.code}/")
    by_district = Observation.objects.filter(
        indicator__slug="street-burglary", period_start="2018-11-01", area__tile_row__isnull=False, until=None
    )

    assert len(by_district) == 13
    assert addresses(iter(by_district)) <= leads_from(pages[november])
    assert sum(len(page.links) for page in pages.values()) > 80
    assert list(dead_ends(reader, pages)) == []
    assert {address for address, page in pages.items() if without_link(page, Indicator.objects.all())} == set()


def test_the_walk_finds_what_leads_nowhere(client: Client) -> None:
    """The walk itself: a figure without a link and a link to another figure are both found."""
    client.force_login(someone(Role.GOVERNING_GROUP))
    calls = indicator("calls")
    held(calls, year(2017), 31204)
    other = held(calls, year(2018), 42073)
    name = "Where does 42,072, Calls, Testshire, 2018 come from"
    page = Seen()
    page.feed(f'<p>31,204 and 5,555 <a href="/observations/{other.pk}/" aria-label="{name}">42,072</a></p>')

    assert without_link(page, Indicator.objects.all()) == {"31,204"}
    assert len(list(dead_ends(client, {"/": page}))) == 1
