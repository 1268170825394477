"""Files of figures, from their arrival to their being taken back, and how figures are judged."""

from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.roles import Role
from indicators.extracts.apply import plan_for
from indicators.models import Extract, ExtractCorrection, Indicator
from tests.addresses import World
from tests.extracts import FIRST, SECOND, received, use
from tests.held import held
from tests.judging import KINDS, MODELS, VALUES, definition, facts, hidden, recorded
from tests.posts.post import Post, Sent, says
from tests.series import quarter
from tests.unit.extracts.books import row, xlsx
from tests.web.test_data_columns import proposed

TABLE = "Site,Apr-18,May-18\nTestshire,10,12\n"
WRONG = FIRST.replace("700", "7OO")
CELL = {"line": "2", "column": "5", "was": "7OO", "now": "700", "why": "A letter O for a nought."}
NAMES = row(1, "indicator", "area_code", "period", "value")
BOOK = xlsx({month: NAMES + row(2, "calls", "E10000099", f"{month} 2018", 7) for month in ("October", "November")})
TYPED = {
    "indicator": "calls",
    "area": "E10000099",
    "period": "October to December 2018",
    "value": "700",
    "status": "final",
}
CHANGED = {
    "recording-change": {"title": "Yet another system"},
    "new-start": {"reason": "Another building."},
    "target": {"value": "110"},
    "event": {"title": "A week and a day of it"},
}


def comes_in(world: World, browser: Client) -> Sent:
    return Sent({"file": SimpleUploadedFile("returns.csv", FIRST.encode())})


def pasted(world: World, browser: Client) -> Sent:
    return Sent({"rows": "Calls\tTestshire\tOct-Dec 2018\t700"})


def uploaded(browser: Client, name: str, content: bytes) -> Extract:
    browser.post("/data/upload/", {"file": SimpleUploadedFile(name, content)})
    return Extract.objects.latest("pk")


def names_its_columns(world: World, browser: Client) -> Sent:
    pk = uploaded(browser, "table.csv", TABLE.encode()).pk
    said = proposed(browser, f"/data/uploads/{pk}/columns/")
    said |= {"supplier": "Test Partner", "indicator": "calls", "area": "E10000099"}
    return Sent(said, at={"pk": pk})


def chooses_a_sheet(world: World, browser: Client) -> Sent:
    return Sent({"sheet": "November"}, at={"pk": uploaded(browser, "book.xlsx", BOOK).pk})


def corrects_a_cell(world: World, browser: Client) -> Sent:
    return Sent(CELL, at={"pk": received(WRONG, "returns.csv").pk})


def removes_a_correction(world: World, browser: Client) -> Sent:
    pk = received(WRONG, "returns.csv").pk
    browser.post(f"/data/uploads/{pk}/correct/", CELL)
    return Sent(at={"pk": pk, "correction": ExtractCorrection.objects.get().pk})


def uses_it(world: World, browser: Client) -> Sent:
    extract = received(FIRST, "returns.csv")
    return Sent({"checksum": plan_for(extract).checksum}, at={"pk": extract.pk})


def does_not_use_it(world: World, browser: Client) -> Sent:
    return Sent(at={"pk": received(FIRST, "returns.csv").pk})


def takes_it_back(world: World, browser: Client) -> Sent:
    use(FIRST, "returns.csv")
    return Sent(at={"pk": use(SECOND, "later.csv").pk})


def judged(world: World) -> Indicator:
    """The calls, of which fewer are better, with figures by quarter."""
    calls = world.figure.indicator
    Indicator.objects.filter(pk=calls.pk).update(polarity="lower")
    for n, value in enumerate(VALUES):
        held(calls, quarter(2015, 1).shifted(3 * n), value)
    return calls


def seen(browser: Client, path: str, said: dict[str, Any]) -> dict[str, Any]:
    """What the preview of a change sends along."""
    found = hidden(browser.post(path, said))
    assert "seen" in found, path
    return found


def defines(world: World, browser: Client) -> Sent:
    calls = world.figure.indicator
    return Sent(seen(browser, "/indicators/calls/definition/", definition(calls, caveat="Not all calls.")))


def judges(kind: str) -> Iterator[Post]:
    """Everything that is done about one way of saying how figures are judged."""

    def adds(world: World, browser: Client) -> Sent:
        return Sent(seen(browser, f"/indicators/calls/add/{kind}/", facts(kind, judged(world))), at={"kind": kind})

    def changes(world: World, browser: Client) -> Sent:
        at = {"kind": kind, "pk": recorded_of(kind, world, browser)}
        changed = facts(kind, world.figure.indicator) | CHANGED[kind] | {"why": "It was wrong."}
        return Sent(seen(browser, f"/judging/{kind}/{at['pk']}/", changed), at=at)

    def withdraws(world: World, browser: Client) -> Sent:
        at = {"kind": kind, "pk": recorded_of(kind, world, browser)}
        found = hidden(browser.get(f"/judging/{kind}/{at['pk']}/withdraw/"))
        return Sent(found | {"why": "A slip."}, at=at)

    for name, ready in {"add": adds, "change": changes, "withdraw": withdraws}.items():
        yield Post(f"judging_{name}", Role.ANALYST, ready, kind)


def recorded_of(kind: str, world: World, browser: Client) -> int:
    """The key of something of a kind that was recorded."""
    recorded(browser, judged(world), kind)
    return int(MODELS[kind]._default_manager.latest("pk").pk)


CHANGES = [
    Post("data_upload", Role.ANALYST, comes_in),
    Post("data_add", Role.ANALYST, says(**TYPED), "types"),
    Post("data_add", Role.ANALYST, pasted, "pastes"),
    Post("upload_columns", Role.ANALYST, names_its_columns),
    Post("upload_sheet", Role.ANALYST, chooses_a_sheet),
    Post("upload_correct", Role.ANALYST, corrects_a_cell),
    Post("upload_uncorrect", Role.ANALYST, removes_a_correction),
    Post("upload_use", Role.ANALYST, uses_it),
    Post("upload_discard", Role.ANALYST, does_not_use_it),
    Post("upload_take_back", Role.ANALYST, takes_it_back),
    Post("indicator_definition", Role.ANALYST, defines),
    *(post for kind in KINDS for post in judges(kind)),
]


def only_looks(world: World, browser: Client) -> Sent:
    return Sent(facts("event", judged(world)), at={"kind": "event"})


NOTHING_OF_RECORD = [Post("judging_add", Role.ANALYST, only_looks, "shows a preview")]
