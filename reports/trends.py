"""Which charts of a priority stand together, and the parts that are ranked beside one another."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from indicators.analysis.series import Series
from indicators.charts.beside import Beside, side_by_side
from indicators.charts.strands import Strands, strands_of

Together = Mapping[str, Collection[str]]


def trends_of(
    slugs: Sequence[str], series: Mapping[str, Series], together: Together, notes: Mapping[str, str], first: int = 1
) -> tuple[Beside, ...]:
    """The charts of some indicators, numbered from `first`: those to be read together in one block, the others each in
    its own, and none for one that has no chart and is read by itself."""
    found: list[Beside] = []
    for group in groups_of(slugs, together):
        note = next((notes[slug] for slug in group if notes[slug]), "")
        block = side_by_side(
            [series[slug] for slug in group],
            note=note if len(group) > 1 else "",
            first=first + sum(len(each.charts) for each in found),
        )
        if block.is_several or block.charts:
            found.append(block)
    return tuple(found)


def groups_of(slugs: Iterable[str], together: Together) -> Iterator[list[str]]:
    """The indicators in their order, each with those among them that it has to be read with, be it through others."""
    left = list(slugs)
    while left:
        group = [left.pop(0)]
        for slug in group:  # which grows meanwhile
            near = [other for other in left if other in together.get(slug, ())]
            group += near
            left = [other for other in left if other not in near]
        yield group


def strands_among(slugs: Iterable[str], series: Mapping[str, Series]) -> tuple[Strands, ...]:
    """The parts of each whole among some indicators in which one event may be counted several times."""
    held = [series[slug] for slug in slugs]
    return tuple(strands for whole in held if (strands := strands_of(whole, held)) is not None)
