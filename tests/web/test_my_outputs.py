"""Outputs and milestones on /my-actions/: what was promised, and what came of it."""

import re

import pytest
from django.test import Client

from accounts.roles import Role
from actions.models import Milestone, Output, ProgressEntry
from tests.mine import ADDRESS, browser, page_of, plan_of_the_police, said
from tests.plan import Plan, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return plan_of_the_police()


@pytest.fixture
def ann(plan: Plan) -> Client:
    """The browser of Ann, of the police, who lead rs1 and ha1."""
    return browser(someone(Role.WORKING_GROUP, plan.police, name="Ann"))


class TestPromises:
    def test_what_was_expected_asks_for_what_came_of_it_and_takes_a_number_as_people_write_it(
        self, ann: Client, plan: Plan
    ) -> None:
        output = Output.objects.create(action=plan.rs1, name="Pupils", unit="pupils", expected=1500)

        assert "Pupils: 1,500 expected. How many came of it?" in page_of(ann.get(ADDRESS))
        ann.post(ADDRESS, said(rs1={f"actual-{output.pk}": "1,312", f"expected-{output.pk}": "1500"}))

        output.refresh_from_db()
        assert (output.expected, output.actual) == (1500, 1312)

    def test_a_quantity_written_by_mistake_is_cleared_by_emptying_its_box(self, ann: Client, plan: Plan) -> None:
        output = Output.objects.create(action=plan.rs1, name="Pupils", unit="pupils", expected=1500, actual=1312)

        ann.post(ADDRESS, said(rs1={f"actual-{output.pk}": " ", f"expected-{output.pk}": "1500"}))

        output.refresh_from_db()
        assert (output.expected, output.actual) == (1500, None)
        assert "Pupils: 1,500 expected. How many came of it?" in page_of(ann.get(ADDRESS))

    def test_a_box_that_was_not_sent_clears_nothing(self, ann: Client, plan: Plan) -> None:
        output = Output.objects.create(action=plan.rs1, name="Pupils", unit="pupils", expected=1500, actual=1312)

        ann.post(ADDRESS, said(rs1={"text": "Begun."}))

        output.refresh_from_db()
        assert (output.expected, output.actual) == (1500, 1312)

    @pytest.mark.parametrize("actual", [None, 1312])
    def test_an_output_without_any_quantity_is_refused(self, ann: Client, plan: Plan, actual: int | None) -> None:
        output = Output.objects.create(action=plan.rs1, name="Pupils", unit="pupils", expected=1500, actual=actual)

        response = ann.post(ADDRESS, said(rs1={f"actual-{output.pk}": "", f"expected-{output.pk}": ""}))

        assert response.status_code == 422
        assert "An output has one of them at least." in page_of(response)
        output.refresh_from_db()
        assert (output.expected, output.actual) == (1500, actual)

    def test_a_quantity_that_was_answered_can_be_put_right_later(self, ann: Client, plan: Plan) -> None:
        output = Output.objects.create(action=plan.rs1, name="Pupils", unit="pupils", expected=1500)
        ann.post(ADDRESS, said(rs1={f"actual-{output.pk}": "1312", f"expected-{output.pk}": "1500"}))
        ProgressEntry.objects.update(reviewed_version=1)

        _, _, more = page_of(ann.get(ADDRESS)).partition("<summary")

        assert re.search(rf'name="rs1-actual-{output.pk}"[^>]*value="1312"|value="1312"[^>]*actual-{output.pk}', more)

    def test_an_output_that_nobody_expected_and_a_milestone_are_added(self, ann: Client, plan: Plan) -> None:
        talks = {"output_name": "Talks", "output_unit": "talks", "output_actual": "4", "output_by": "2019-01-31"}
        ann.post(ADDRESS, said(rs1=talks | {"milestone_title": "The site", "milestone_due": "30/09/2019"}))

        output, step = Output.objects.get(), Milestone.objects.get()
        assert (output.name, output.expected, output.actual) == ("Talks", None, 4)
        assert (step.action, step.title, str(step.due)) == (plan.rs1, "The site", "2019-09-30")
        page = page_of(ann.get("/actions/rs1/"))
        assert "Came to 4 talks by 31 January 2019: Talks" in page
        assert "New milestone, due 30 September 2019: The site" in page

    def test_a_milestone_ticked_by_mistake_is_not_done_after_all(self, ann: Client, plan: Plan) -> None:
        step = Milestone.objects.create(action=plan.rs1, title="The draft", due_text="January 2019", done=True)
        Milestone.objects.create(action=plan.rs1, title="Long ago", due_text="January 2017", done=True)

        page = page_of(ann.get(ADDRESS))
        assert "The draft: done, due January 2019" in page
        assert "Long ago" not in page
        ann.post(ADDRESS, said(rs1={f"reopen-{step.pk}": "on"}))

        step.refresh_from_db()
        assert not step.done
        assert "The draft: not done after all" in page_of(ann.get("/actions/rs1/"))

    def test_a_step_is_asked_for_when_it_is_due_and_otherwise_waits_under_more(self, ann: Client, plan: Plan) -> None:
        due = Milestone.objects.create(action=plan.rs1, title="The draft", due_text="January 2019")
        Milestone.objects.create(action=plan.rs1, title="The site", due_text="September 2019")

        now, _, more = page_of(ann.get(ADDRESS)).partition("<summary")
        assert "The draft: due January 2019" in now
        assert "The site: due September 2019" in more

        ann.post(ADDRESS, said(rs1={f"done-{due.pk}": "on"}))
        due.refresh_from_db()
        assert due.done


class TestTwoPeople:
    def test_a_quantity_left_alone_while_a_colleague_changed_it_stands_in_nobodys_way(
        self, ann: Client, plan: Plan
    ) -> None:
        output = Output.objects.create(action=plan.rs1, name="Pupils", unit="pupils", expected=1500)
        ben = browser(someone(Role.WORKING_GROUP, plan.police, name="Ben"))
        untouched = {f"actual-{output.pk}": "", f"expected-{output.pk}": "1500"}
        ann.post(ADDRESS, said(rs1={f"actual-{output.pk}": "1312", f"expected-{output.pk}": "1600"}))

        response = ben.post(ADDRESS, said(rs1=untouched, ha1={"text": "Only Ben."}))

        output.refresh_from_db()
        assert response.status_code == 302
        assert (output.expected, output.actual) == (1600, 1312)

    @pytest.mark.parametrize("then_undone", [False, True])
    def test_quantities_a_colleague_changed_come_back_into_the_boxes_beside_what_one_wrote(
        self, ann: Client, plan: Plan, then_undone: bool
    ) -> None:
        output = Output.objects.create(action=plan.rs1, name="Pupils", unit="pupils", expected=1500)
        ben = browser(someone(Role.WORKING_GROUP, plan.police, name="Ben"))
        untouched = {f"actual-{output.pk}": "", f"expected-{output.pk}": "1500"}
        ann.post(ADDRESS, said(rs1={f"actual-{output.pk}": "1312", f"expected-{output.pk}": "1600"}))
        if then_undone:
            ann.post(ADDRESS, {"undo": "rs1:1"})

        page = page_of(ben.post(ADDRESS, said(rs1=untouched | {"text": "What Ben wrote."})))

        assert re.search(rf'name="rs1-expected-{output.pk}"[^>]*value="{1500 if then_undone else 1600}"', page)
        assert ("Pupils: actual 1,312, was not known" in page) is not then_undone

    def test_of_two_quantities_at_once_both_are_shown_and_neither_overwritten(self, ann: Client, plan: Plan) -> None:
        output = Output.objects.create(action=plan.rs1, name="Pupils", unit="pupils", expected=1500)
        ben = browser(someone(Role.WORKING_GROUP, plan.police, name="Ben"))
        ann.post(ADDRESS, said(rs1={f"actual-{output.pk}": "1312", f"expected-{output.pk}": "1500"}))

        response = ben.post(ADDRESS, said(rs1={f"actual-{output.pk}": "1300", f"expected-{output.pk}": "1500"}))

        page = page_of(response)
        assert response.status_code == 409
        assert "Somebody saved while you were writing." in page
        assert re.search(rf'name="rs1-actual-{output.pk}"[^>]*value="1300"', page)
        assert "Pupils: actual 1,312, was not known" in page
        output.refresh_from_db()
        assert output.actual == 1312
