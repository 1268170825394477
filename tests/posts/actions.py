"""The progress of actions, who leads them, and decisions."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from tests.addresses import World
from tests.mine import ADDRESS, added, said
from tests.mine import browser as signed_in
from tests.plan import someone
from tests.posts.post import WHOEVER, Post, Sent, says
from tests.web.test_my_sheet import book, filled

UPDATE = {"text": "Begun.", "status": "on-track", "version": "0"}
ANSWER = {"answer": "Yes.", "answered_on": "2019-03-18", "meeting": "Governing Group", "minute": "27/19"}


def leads_two(world: World, browser: Client) -> None:
    """The police lead rs1, and now ha1 too."""
    world.plan.ha1.lead = world.plan.police
    world.plan.ha1.save()


def saves_two_of_which_one_from_a_draft(world: World, browser: Client) -> Sent:
    leads_two(world, browser)
    number = browser.post(f"{ADDRESS}draft/", said(rs1={"text": "Begun."})).json()["number"]
    fields = said(rs1={"text": "Begun."}, ha1={"text": "A hall is found.", "status": "on-track"})
    return Sent(fields | {"draft_number": str(number)})


def takes_back_two(world: World, browser: Client) -> Sent:
    leads_two(world, browser)
    browser.post(ADDRESS, said(rs1={"text": "Begun."}, ha1={"text": "A hall is found."}))
    return Sent({"undo": "rs1:1 ha1:1"})


def adds_for_the_lead(world: World, browser: Client) -> Sent:
    User.objects.filter(pk=browser.session["_auth_user_id"]).update(partner=world.plan.fire)
    return Sent(added("rs1", "We lent a fire engine."))


def takes_the_lead(world: World, browser: Client) -> Sent:
    User.objects.filter(pk=browser.session["_auth_user_id"]).update(partner=world.plan.fire)
    return Sent(at={"key": "rs2"})


def takes_the_lead_on_the_form(world: World, browser: Client) -> Sent:
    User.objects.filter(pk=browser.session["_auth_user_id"]).update(partner=world.plan.fire)
    return Sent({"take": "rs2"} | added("rs1", "We lent a fire engine."))


def gives_the_lead(world: World, browser: Client) -> Sent:
    return Sent({"lead": world.plan.fire.slug}, at={"key": "rs2"})


def sends_back(world: World, browser: Client) -> Sent:
    browser.post("/actions/rs1/update/", UPDATE)
    return Sent({"reason": "How many?", "version": "1"})


def looks_at_two(world: World, browser: Client) -> Sent:
    leads_two(world, browser)
    member = signed_in(someone(Role.WORKING_GROUP, world.plan.police))
    member.post(ADDRESS, said(rs1={"text": "Begun."}, ha1={"text": "A hall is found."}))
    return Sent({"seen": "rs1:1 ha1:1"})


def attaches(world: World, browser: Client) -> Sent:
    return Sent({"file": SimpleUploadedFile("Plan.pdf", b"%PDF-1.7 nothing much")})


def removes(world: World, browser: Client) -> Sent:
    return Sent({"remove": str(world.file.pk)})


def writes_by_link(world: World, browser: Client) -> Sent:
    return Sent(said(rs1={"text": "Begun."}) | {"name": WHOEVER})


def makes_a_link(world: World, browser: Client) -> Sent:
    return Sent({"partner": world.plan.fire.slug, "last_day": timezone.localdate().isoformat()})


CHANGES = [
    Post("action_update", Role.WORKING_GROUP, says(**UPDATE)),
    Post("action_send_back", Role.COORDINATOR, sends_back),
    Post("action_lead", Role.WORKING_GROUP, takes_the_lead, "takes"),
    Post("action_lead", Role.COORDINATOR, gives_the_lead, "gives"),
    Post("action_files", Role.WORKING_GROUP, attaches, "attaches"),
    Post("action_files", Role.WORKING_GROUP, removes, "removes"),
    Post("action_remarks", Role.WORKING_GROUP, says(text="Which school?")),
    Post("progress_changes", Role.COORDINATOR, looks_at_two),
    Post("my_actions", Role.WORKING_GROUP, saves_two_of_which_one_from_a_draft, "saves"),
    Post("my_actions", Role.WORKING_GROUP, adds_for_the_lead, "adds for the lead"),
    Post("my_actions", Role.WORKING_GROUP, takes_back_two, "takes back"),
    Post("my_actions", Role.WORKING_GROUP, takes_the_lead_on_the_form, "takes the lead"),
    Post("link_form", None, writes_by_link, actor=f"{WHOEVER} of Test Police, by link"),
    Post("link_files", None, attaches, "attaches", actor="Test Police, by link"),
    Post("link_files", None, removes, "removes", actor="Test Police, by link"),
    Post("link_remarks", None, says(text="Which school?", name=WHOEVER), actor=f"{WHOEVER} of Test Police, by link"),
    Post("partner_links", Role.COORDINATOR, makes_a_link, status=200),
    Post("partner_link_revoke", Role.COORDINATOR, says()),
    Post("decision_ask", Role.COORDINATOR, says(question="May we?", asked_by="Working Group", about="")),
    Post("decision_answer", Role.COORDINATOR, says(**ANSWER)),
    Post("decision_withdraw", Role.COORDINATOR, says(why="It is settled.")),
]

A_DRAFT = "nobody else sees a draft"


def discards_a_draft(world: World, browser: Client) -> Sent:
    number = browser.post(f"{ADDRESS}draft/", said(rs1={"text": "Beg"})).json()["number"]
    return Sent({"discard": "1", "draft_number": str(number)})


def brings_a_spreadsheet(world: World, browser: Client) -> Sent:
    return Sent({"file": SimpleUploadedFile("mine.xlsx", book(filled(text="Begun.")))})


NOTHING_OF_RECORD = [
    Post("my_actions_sheet", Role.WORKING_GROUP, brings_a_spreadsheet, "shows a preview"),
    Post("link_sheet", None, brings_a_spreadsheet, "shows a preview"),
    Post("my_actions_draft", Role.WORKING_GROUP, lambda world, browser: Sent(said(rs1={"text": "Beg"})), A_DRAFT),
    Post("link_draft", None, lambda world, browser: Sent(said(rs1={"text": "Beg"})), A_DRAFT),
    Post("my_actions", Role.WORKING_GROUP, lambda world, browser: Sent(said() | {"draft": "1"}), A_DRAFT),
    Post("my_actions", Role.WORKING_GROUP, discards_a_draft, f"{A_DRAFT}, also when it goes"),
]
