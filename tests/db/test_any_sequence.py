"""Whatever is used and taken back, in whichever order: what is held, and was at each change, is what it should be."""

import os
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.extracts.apply import CannotUse
from indicators.extracts.as_of import observations_as_of
from indicators.extracts.taking_back import CannotTakeBack, take_back
from indicators.models import Extract
from tests import held
from tests.extracts import HEADER, use

# ./run prove sets it.
EXAMPLES = 200 if os.environ.get("PROVE") else 10
ROW = "calls,E10000099,{0}-01-01,{0}-12-31,{1},final,,\n"
# Five files over four years; some say the same, some differ.
FILES = ({2015: 1, 2016: 2}, {2016: 3, 2017: 4}, {2015: 1, 2018: 5}, {2017: 6}, {2015: 7, 2016: 8, 2017: 9, 2018: 10})
Standing = dict[int, tuple[int, int]]


@dataclass
class Model:
    """What should be held: by year the value and the file it came from; and what was held after each change."""

    now: Standing = field(default_factory=dict)
    before: dict[int, Standing] = field(default_factory=dict)
    history: list[Standing] = field(default_factory=lambda: [{}])

    def use(self, file: int) -> bool:
        changed = {year: value for year, value in FILES[file].items() if self.now.get(year, (None,))[0] != value}
        if file in self.before or not changed:
            return False
        self.before[file] = {year: self.now.get(year, (0, -1)) for year in changed}
        self.now = {**self.now, **{year: (value, file) for year, value in changed.items()}}
        self.history.append(self.now)
        return True

    def take_back(self, file: int) -> bool:
        if file not in self.before or any(self.now[year][1] != file for year in self.before[file]):
            return False
        restored = {**self.now, **self.before.pop(file)}
        self.now = {year: said for year, said in restored.items() if said[1] >= 0}
        self.history.append(self.now)
        return True


def used(file: int) -> bool:
    try:
        use(HEADER + "".join(ROW.format(*item) for item in FILES[file].items()), f"{file}.csv")
    except CannotUse:
        return False
    return True


def taken_back(file: int) -> bool:
    extract = Extract.objects.filter(original_name=f"{file}.csv").first()
    try:
        return extract is not None and bool(take_back(extract=extract, actor="Tests"))
    except CannotTakeBack:
        return False


def standing(change: int) -> Standing:
    found = observations_as_of(change).select_related("extract")
    return {o.period_end.year: (int(o.value or 0), int(o.extract.original_name[0])) for o in found}


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.integers(0, len(FILES) - 1)), min_size=3, max_size=12))
def test_what_is_and_was_held_is_what_it_should_be(steps: list[tuple[bool, int]]) -> None:
    with transaction.atomic():
        held.indicator("calls")
        model = Model()
        for back, file in steps:
            done = taken_back(file) if back else used(file)
            assert done == (model.take_back(file) if back else model.use(file))
        assert [standing(change) for change in range(len(model.history))] == model.history
        transaction.set_rollback(True)
