"""Who may do what."""

import pytest

from accounts.models import User
from accounts.roles import DESCRIPTIONS, PERMISSIONS, Permission, Role


def holders(permission: Permission) -> set[Role]:
    return {role for role, permissions in PERMISSIONS.items() if permission in permissions}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_who_may_no_longer_sign_in_may_do_nothing(role: Role, permission: Permission) -> None:
    assert not User(role=role, is_active=False).may(permission)


@pytest.mark.parametrize("role", Role)
def test_a_person_may_do_exactly_what_their_role_may(role: Role) -> None:
    person = User(role=role)

    assert {permission for permission in Permission if person.may(permission)} == PERMISSIONS[role]


def test_every_role_is_described_and_has_its_permissions() -> None:
    assert set(PERMISSIONS) == set(DESCRIPTIONS) == set(Role)


def test_everybody_reads() -> None:
    assert holders(Permission.READ) == set(Role)


def test_only_the_analyst_uses_figures() -> None:
    assert holders(Permission.USE_EXTRACTS) == {Role.ANALYST}


def test_only_the_analyst_says_how_figures_are_judged() -> None:
    assert holders(Permission.JUDGE) == {Role.ANALYST}


def test_only_the_coordinator_writes_summaries_and_updates_the_actions_of_others() -> None:
    assert holders(Permission.WRITE_SUMMARIES) == {Role.COORDINATOR}
    assert holders(Permission.UPDATE_ANY_ACTION) == {Role.COORDINATOR}


def test_only_the_administrator_manages_people_and_reaches_the_administration() -> None:
    assert holders(Permission.MANAGE_PEOPLE) == {Role.ADMINISTRATOR}
    assert holders(Permission.ADMINISTER) == {Role.ADMINISTRATOR}


def test_the_governing_group_reads_and_issues_reports_and_changes_nothing_else() -> None:
    assert PERMISSIONS[Role.GOVERNING_GROUP] == {Permission.READ, Permission.ISSUE_REPORTS}


@pytest.mark.parametrize("role", Role)
def test_djangos_own_permissions_follow_the_role(role: Role) -> None:
    person = User(role=role)
    administers = role == Role.ADMINISTRATOR

    assert person.is_staff == person.is_superuser == administers
    assert person.has_perm("accounts.change_partner") == person.has_module_perms("accounts") == administers
