"""Which charts of a priority stand together."""

from dataclasses import replace

from indicators.analysis.series import Series
from reports.trends import groups_of, strands_among, trends_of
from tests.series import INCIDENTS, quarters, series, years


def named(slug: str, count: int = 4) -> Series:
    return series(quarters(range(1, count + 1)), measure=replace(INCIDENTS, slug=slug, short_name=slug.capitalize()))


HELD = {slug: named(slug) for slug in ("calls", "fires", "walks")} | {"deaths": named("deaths", 2)}
NO_NOTES = dict.fromkeys(HELD, "")
PAIR = {"calls": ["walks"], "walks": ["calls"]}


def test_indicators_to_be_read_together_are_one_group_be_it_through_others() -> None:
    chain = {"a": ["c"], "c": ["a", "d"], "d": ["c"]}

    assert list(groups_of("abcd", chain)) == [["a", "c", "d"], ["b"]]
    assert list(groups_of("abcd", {})) == [["a"], ["b"], ["c"], ["d"]]
    assert list(groups_of([], chain)) == []


def test_each_stands_once_and_figures_are_numbered_on() -> None:
    found = trends_of(["fires", "calls", "walks"], HELD, PAIR, NO_NOTES, first=3)

    numbers = [[(side.slug, side.number) for side in block.sides] for block in found]
    assert numbers == [[("fires", 3)], [("calls", 4), ("walks", 5)]]


def test_one_without_a_chart_has_no_block_unless_it_is_read_with_another() -> None:
    together = {"deaths": ["calls"], "calls": ["deaths"]}

    assert trends_of(["deaths"], HELD, together, NO_NOTES) == ()
    assert [side.number for side in trends_of(["deaths", "calls"], HELD, together, NO_NOTES)[0].sides] == [0, 1]


def test_how_to_read_them_is_said_once_and_never_of_one_alone() -> None:
    notes = NO_NOTES | {"walks": "Partly the same.", "fires": "Not of this."}

    assert [block.note for block in trends_of(["calls", "walks", "fires"], HELD, PAIR, notes)] == [
        "Partly the same.",
        "",
    ]


def test_the_parts_of_each_whole_are_ranked() -> None:
    parts = {
        slug: series(years([5]), measure=replace(INCIDENTS, slug=slug, part_of=("calls",), multi_coded=True))
        for slug in ("race", "age")
    }
    held = HELD | parts

    assert [strands.slug for strands in strands_among(held, held)] == ["calls"]
    assert strands_among(HELD, HELD) == ()
