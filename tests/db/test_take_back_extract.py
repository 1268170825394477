"""manage.py take_back_extract"""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.roles import Role
from indicators.models import DataChange, Extract, Observation
from tests import held
from tests.extracts import FIRST, SECOND, use
from tests.plan import partner, someone

pytestmark = pytest.mark.django_db


def told(*arguments: Any) -> str:
    said = StringIO()
    call_command("take_back_extract", *map(str, arguments), stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ANALYST])
def test_only_those_who_may_use_figures_take_them_back(role: Role) -> None:
    held.indicator("calls")
    extract = use(FIRST, "first.csv")
    person = someone(role, partner("somebody", "Somebody") if role is Role.WORKING_GROUP else None)

    with pytest.raises(CommandError, match="nobody who may use figures") as refused:
        told(extract.pk, "--as", person.email)

    assert refused.value.returncode == 2
    assert Extract.objects.get().state == Extract.State.USED


def test_who_does_it_has_to_be_said() -> None:
    with pytest.raises(CommandError, match="--as"):
        told(1)


def test_an_extract_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match="no extract 77"):
        told(77, "--as", someone(Role.ANALYST).email)


def test_what_stands_in_the_way_is_listed() -> None:
    held.indicator("calls")
    first, second = use(FIRST, "first.csv"), use(SECOND, "second.csv")

    with pytest.raises(CommandError) as refused:
        told(first.pk, "--as", someone(Role.ANALYST).email)

    assert str(refused.value).splitlines() == [
        "1 of the figures have since been revised by second.csv. Take that back first.",
        f"  calls, E10000099, October to December 2018: extract {second.pk}, second.csv, line 3",
    ]
    assert refused.value.returncode == 1


def test_the_figures_that_stood_before_stand_again() -> None:
    held.indicator("calls")
    use(FIRST, "first.csv")
    second = use(SECOND, "second.csv")

    said = told(second.pk, "--as", someone(Role.ANALYST, name="Ana").email)

    assert said == "Took second.csv back: change 3, 1 earlier figures put back.\n"
    assert Observation.objects.get(until=None).value == 700
    assert DataChange.objects.get(number=3).by_name == "Ana"
