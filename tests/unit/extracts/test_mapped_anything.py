"""Any table, whatever is said of it. All figures are illustrative."""

from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.extracts.findings import CannotRead
from indicators.extracts.formats.mapped_heads import look_at
from indicators.extracts.formats.mapped_proposal import propose
from indicators.extracts.formats.mapping import Column, Mapping, Role
from indicators.extracts.reading import read
from tests.unit.extracts.partners import KENT, REGISTER, checked

CELLS = st.sampled_from(
    [
        "",
        "Ashford",
        "Swale",
        "Site",
        "Total",
        "Kent total",
        "Apr-18",
        "Apr",
        "Q1",
        "2018",
        "2018/19",
        "Q1 2018",
        "2099/00",
        "1",
        "1,200",
        "-3",
        "12%",
        "*",
        "-",
        "[c]",
        "[note 1]",
        "Number",
        "%",
        "2018 Volume",
        "#REF!",
        "٣",
        "MARAC cases",
        "Month",
        "4½",
        "Apr-18 *",
    ]
)
TABLES = st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=2))
SAID = st.fixed_dictionaries(
    {
        "layout": st.sampled_from(["periods", "areas", "indicators", "long"]),
        "heads": st.sampled_from(["one", "above", "below", "title"]),
        "parts": st.booleans(),
        "area": st.sampled_from(["", KENT]),
        "total_area": st.sampled_from(["", KENT]),
        "year_start": st.sampled_from([0, 1, 4, 9]),
        "blank": st.sampled_from(["", "zero", "suppressed"]),
        "indicator": st.sampled_from(["", "marac-cases", "share"]),
    }
)


@settings(max_examples=300, deadline=None)
@given(table=TABLES, said=SAID, roles=st.lists(st.sampled_from(get_args(Role)), min_size=5, max_size=5))
def test_whatever_is_said_of_a_table_every_figure_is_one_of_its_cells_or_their_sum(
    table: list[list[str]], said: dict[str, Any], roles: list[Role]
) -> None:
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in table)
    try:
        look = look_at(read(text.encode()))
    except CannotRead:
        return
    columns = tuple(Column(head.key, role) for head, role in zip(look.heads(said["heads"]), roles, strict=False))

    for mapping in (propose(look, REGISTER), Mapping("P", columns=columns, **said)):
        found = checked(text, mapping)
        lines = {row.line for row in look.rows}
        assert all(row.line in lines for row in found.rows)
        if not mapping.parts and mapping.blank == "":
            stated = {"1": 1, "1,200": 1200, "-3": -3, "12%": 12, "2018": 2018}
            assert {row.figure.value for row in found.rows if row.figure.value} <= set(stated.values())
