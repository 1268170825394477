"""Who leads an action, and the coordinator who writes for a partner: /actions/<key>/lead/, /my-actions/?partner="""

import pytest
from django.test import Client

from accounts.models import AuditEvent
from accounts.roles import Role
from actions.leads import give
from actions.models import ProgressVersion
from tests.mine import ADDRESS, browser, events, page_of, said
from tests.plan import Plan, draw_plan, partner, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return draw_plan()


@pytest.fixture
def flo(plan: Plan) -> Client:
    """The browser of Flo, of the fire service, who are named in rs1 and rs2 and lead nothing."""
    return browser(someone(Role.WORKING_GROUP, plan.fire, name="Flo"))


class TestLead:
    @pytest.mark.parametrize("role", [Role.GOVERNING_GROUP, Role.ANALYST])
    def test_roles_that_only_read_are_refused(self, plan: Plan, role: Role) -> None:
        assert browser(someone(role, plan.fire)).post("/actions/rs2/lead/").status_code == 403

    def test_a_partner_that_is_not_named_cannot_take_it(self, plan: Plan) -> None:
        stranger = browser(someone(Role.WORKING_GROUP, partner("health", "Test Health")))

        response = stranger.post("/actions/rs2/lead/")

        assert response.status_code == 409
        assert "Test Health is not named for this action" in page_of(response)
        plan.rs2.refresh_from_db()
        assert plan.rs2.lead is None

    def test_a_member_cannot_give_it_to_others(self, flo: Client, plan: Plan) -> None:
        flo.post("/actions/rs2/lead/", {"lead": "test-police"})

        plan.rs2.refresh_from_db()
        assert plan.rs2.lead == plan.fire

    def test_the_coordinator_gives_it_and_who_had_it_stays_named(self, plan: Plan) -> None:
        cora = browser(someone(Role.COORDINATOR, name="Cora"))

        response = cora.post("/actions/rs1/lead/", {"lead": "test-fire"})

        assert response.status_code == 302
        plan.rs1.refresh_from_db()
        assert plan.rs1.lead == plan.fire
        assert plan.police in plan.rs1.partners.all()
        assert [event.sentence for event in AuditEvent.objects.all()] == [
            "Cora gave the lead of 'Teach young drivers' to Test Fire and Rescue."
        ]


class TestCoordinator:
    @pytest.fixture
    def cora(self, plan: Plan) -> Client:
        return browser(someone(Role.COORDINATOR, name="Cora"))

    def test_she_says_whose_words_they_are(self, cora: Client, plan: Plan) -> None:
        address = f"{ADDRESS}?partner=test-police"
        assert cora.post(address, said(rs1={"text": "From a mail."})).status_code == 422

        cora.post(address, said(rs1={"text": "From a mail."}) | {"via": "email"})

        version = ProgressVersion.objects.get()
        assert (version.from_partner, version.via) == (plan.police, "email")
        assert "from Test Police by email, entered by Cora" in page_of(cora.get("/actions/rs1/"))

    def test_what_she_tidies_is_hers(self, cora: Client) -> None:
        cora.post(f"{ADDRESS}?partner=test-police", said(rs1={"text": "Tidy."}) | {"via": "tidied"})

        version = ProgressVersion.objects.get()
        assert (version.from_partner, version.via, version.by_name) == (None, "", "Cora")

    def test_without_a_partner_she_chooses_one(self, cora: Client) -> None:
        assert "Choose the one whose words you enter" in page_of(cora.get(ADDRESS))
        assert cora.get(f"{ADDRESS}?partner=nobody").status_code == 404


def test_giving_the_same_lead_again_writes_nothing(plan: Plan) -> None:
    give(action=plan.rs1, lead=plan.police, actor=someone(Role.COORDINATOR))

    assert events() == []
