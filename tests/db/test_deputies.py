"""Deputies: who may act for whom, and when."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.deputies import answers_for, end_deputy, name_deputy, writers_by_partner
from accounts.models import AuditEvent, Deputy, User
from accounts.roles import Role
from actions.rules import may_update
from tests.plan import Plan, draw_plan, someone

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2019, 3, 1), date(2019, 3, 8)
TODAY = timezone.localdate()


@pytest.fixture
def plan() -> Plan:
    return draw_plan()


@pytest.fixture
def ann(plan: Plan) -> User:
    return someone(Role.WORKING_GROUP, plan.police, name="Ann")


@pytest.fixture
def ben(plan: Plan) -> User:
    return someone(Role.WORKING_GROUP, plan.fire, name="Ben")


def let(person: User, deputy: User, starts: date = FIRST, ends: date = LAST) -> Deputy:
    chris = User.objects.filter(name="Chris").first() or someone(Role.COORDINATOR, name="Chris")
    return name_deputy(person=person, deputy=deputy, starts=starts, ends=ends, actor=chris)


@pytest.mark.parametrize("role", [Role.GOVERNING_GROUP, Role.ANALYST, Role.ADMINISTRATOR])
def test_who_may_not_update_actions_is_nobodys_deputy_and_has_none(plan: Plan, ann: User, role: Role) -> None:
    reader = someone(role, plan.police)

    with pytest.raises(ValidationError, match="may not update actions"):
        let(ann, reader)
    with pytest.raises(ValidationError, match="needs no deputy"):
        let(reader, ann)

    assert not Deputy.objects.exists()
    assert not AuditEvent.objects.exists()


def test_nobody_is_their_own_deputy_nor_in_days_that_run_backwards_nor_twice(ann: User, ben: User) -> None:
    with pytest.raises(ValidationError, match="Nobody is their own deputy"):
        let(ann, ann)
    with pytest.raises(ValidationError, match="before the first"):
        let(ann, ben, LAST, FIRST)
    Deputy.objects.create(person=ann, deputy=ben, starts=LAST, ends=LAST)
    with pytest.raises(ValidationError, match="on some of these days already"):
        let(ann, ben)


@pytest.mark.parametrize("fields", [{"ends": date(2019, 2, 1)}, {"self": True}])
def test_the_database_refuses_them_too(ann: User, ben: User, fields: dict[str, object]) -> None:
    deputy = ann if fields.pop("self", False) else ben
    with pytest.raises(IntegrityError), transaction.atomic():
        Deputy.objects.create(**({"person": ann, "deputy": deputy, "starts": FIRST, "ends": LAST} | fields))


@pytest.mark.parametrize(
    ("starts", "ends", "may"),
    [(-7, -1, False), (1, 7, False), (0, 0, True), (-3, 3, True)],
)
def test_a_deputy_updates_on_their_days_and_on_no_others(
    plan: Plan, ann: User, ben: User, starts: int, ends: int, *, may: bool
) -> None:
    let(ann, ben, TODAY + timedelta(starts), TODAY + timedelta(ends))

    assert may_update(ben, plan.rs1) is may
    assert may_update(ben, plan.rs2)
    assert not may_update(ann, plan.rs2)


def test_a_deputy_answers_for_their_own_partner_and_for_the_other(plan: Plan, ann: User, ben: User) -> None:
    let(ann, ben)

    assert answers_for(ben, FIRST - timedelta(1)) == {plan.fire.pk}
    assert answers_for(ben, FIRST) == {plan.fire.pk, plan.police.pk}
    assert answers_for(ben, LAST) == {plan.fire.pk, plan.police.pk}
    assert answers_for(someone(Role.COORDINATOR), FIRST) == set()


def test_who_acts_for_whom_is_asked_once(plan: Plan, ben: User, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert not any(may_update(ben, plan.rs1) for _ in range(30))


def test_the_deputy_is_written_to_in_place_of_who_is_away(plan: Plan, ann: User, ben: User) -> None:
    amy = someone(Role.WORKING_GROUP, plan.police, name="Amy")
    someone(Role.COORDINATOR, plan.police)
    gone = someone(Role.WORKING_GROUP, plan.police, name="Gone")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    let(ann, ben)

    assert writers_by_partner(FIRST) == {plan.police.pk: [amy, ben], plan.fire.pk: [ben]}
    assert writers_by_partner(LAST + timedelta(1)) == {plan.police.pk: [amy, ann], plan.fire.pk: [ben]}


def test_a_deputy_stays_in_place_of_who_has_left_and_one_who_has_left_takes_nobodys(
    plan: Plan, ann: User, ben: User
) -> None:
    let(ann, ben)
    User.objects.filter(pk=ann.pk).update(is_active=False)

    assert writers_by_partner(FIRST) == {plan.police.pk: [ben], plan.fire.pk: [ben]}
    assert answers_for(ben, FIRST) == {plan.fire.pk, plan.police.pk}
    User.objects.filter(pk=ann.pk).update(is_active=True)
    User.objects.filter(pk=ben.pk).update(role=Role.GOVERNING_GROUP)
    assert writers_by_partner(FIRST) == {plan.police.pk: [ann]}


def test_naming_and_ending_each_leave_one_sentence(ann: User, ben: User) -> None:
    made = let(ann, ben)
    end_deputy(deputy=made, actor=User.objects.get(name="Chris"))
    end_deputy(deputy=made, actor=User.objects.get(name="Chris"))

    assert [event.sentence for event in AuditEvent.objects.order_by("number")] == [
        "Chris named Ben as the deputy of Ann, from 1 March 2019 to 8 March 2019.",
        "Chris ended that Ben is the deputy of Ann.",
    ]
    assert not Deputy.objects.exists()
