"""Breaks, new starts, targets and events of an agreement, brought in from its folder."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from indicators.models import Event, NewStart, SeriesBreak, Target
from tests.db.folder import replace, write_folder

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "small")


def load(folder: Path) -> None:
    call_command("load_agreement", folder, stdout=StringIO())


def test_what_is_said_about_judging_says_that_the_files_recorded_it(folder: Path) -> None:
    load(folder)

    break_, start, event = SeriesBreak.objects.get(), NewStart.objects.get(), Event.objects.get()
    assert {thing.recorded_by_name for thing in (break_, start, event)} == {"Agreement files"}
    assert (start.area, str(start.date), start.reason) == (None, "2018-02-01", "Another call centre.")
    assert (event.title, event.evidence) == ("A campaign", "Kent Police, Report, March 2019")
    assert [indicator.slug for indicator in event.indicators.all()] == ["asb-incidents"]


TARGET = """
[[targets]]
indicator = "asb-incidents"
area = "E23000032"
months = 3
value = "7500"
tolerance = "100"
period_start = 2018-04-01
period_end = 2019-03-31
reason = "Agreed by the governing group."
"""


def with_target(folder: Path, polarity: str = "lower", text: str = TARGET) -> int:
    """Adds the target to the folder; the line it begins on."""
    path = folder / "indicators.toml"
    replace(path, 'polarity = "neither"', f'polarity = "{polarity}"')
    said = path.read_text(encoding="utf-8")
    path.write_text(said + text, encoding="utf-8")
    return said.count("\n") + 2


def test_a_target_comes_in_with_its_tolerance_and_period(folder: Path) -> None:
    with_target(folder)

    load(folder)

    target = Target.objects.get()
    assert (target.value, target.tolerance, target.months) == (7500, 100, 3)
    assert (target.area.code, str(target.period_end), target.recorded_by_name) == (
        "E23000032",
        "2019-03-31",
        "Agreement files",
    )


@pytest.mark.parametrize(
    ("polarity", "old", "new", "after", "said"),
    [
        ("neither", "", "", 1, "a target needs an indicator that says which way is better"),
        ("lower", "months = 3", "months = 2", 3, "months '2' is not one of 1, 3, 12"),
        ("lower", 'tolerance = "100"', 'tolerance = "-1"', 5, "tolerance is less than 0"),
        ("lower", "2018-04-01", "2018-04-02", 6, "first day of a month"),
    ],
)
def test_a_target_with_a_mistake_is_named_with_its_line(
    folder: Path, polarity: str, old: str, new: str, after: int, said: str
) -> None:
    begins = with_target(folder, polarity, TARGET.replace(old, new) if old else TARGET)

    with pytest.raises(CommandError) as refused:
        load(folder)

    assert f"{folder / 'indicators.toml'} line {begins + after}: " in str(refused.value)
    assert said in str(refused.value)
    assert not Target.objects.exists()
