"""What is done with a report from its first edition on. December 2018 is issued, considered and public."""

import re

from django.test import Client

from accounts.models import User
from accounts.roles import Role
from priorities.models import ContextSummary
from priorities.states import State
from reports.models import MeetingLink
from reports.publishing import prepare_correction
from tests.addresses import World
from tests.plan import put, write_up
from tests.posts.post import Post, Sent, says


def what_is_on_the_page(report: str, browser: Client) -> dict[str, str]:
    found = re.search(r'name="expected" value="(\w+)"', browser.get(f"/reports/{report}/steps/").content.decode())
    assert found is not None
    return {"expected": found[1]}


def issues(world: World, browser: Client) -> Sent:
    write_up(world.plan)
    put(world.plan.march, State.CHECKED, checked_by=coordinator())
    return Sent(what_is_on_the_page("2019-03", browser), at={"report": "2019-03"})


def prepared(world: World, browser: Client) -> Sent:
    prepare_correction(cycle=world.plan.december, actor=coordinator(), note="A wrong sum.")
    return Sent()


def issues_a_correction(world: World, browser: Client) -> Sent:
    prepared(world, browser)
    ContextSummary.objects.filter(cycle=world.plan.december, priority=None).update(text="The sum is put right.")
    return Sent(what_is_on_the_page("2018-12", browser))


def coordinator() -> User:
    return User.objects.get(name="Chris")


def only_issued(world: World, browser: Client) -> Sent:
    put(world.plan.december, State.ISSUED)
    return Sent({"text": "Noted, with thanks.", "minute": "12/19"})


def only_considered(world: World, browser: Client) -> Sent:
    put(world.plan.december, State.CONSIDERED)
    return Sent()


def ends_a_link(world: World, browser: Client) -> Sent:
    return Sent(at={"link": MeetingLink.objects.get().pk})


CHANGES = [
    Post("report_issue", Role.GOVERNING_GROUP, issues, "the first edition"),
    Post("report_issue", Role.GOVERNING_GROUP, issues_a_correction, "a correction"),
    Post("report_correct", Role.COORDINATOR, says(note="A wrong sum.")),
    Post("report_correct_not", Role.COORDINATOR, prepared),
    Post("report_outcome", Role.COORDINATOR, only_issued),
    Post("report_publish", Role.COORDINATOR, only_considered),
    Post("report_withdraw", Role.COORDINATOR, says(why="A person can be recognised.")),
    Post("report_link", Role.COORDINATOR, says()),
    Post("report_link_end", Role.COORDINATOR, ends_a_link),
]

NOTHING_OF_RECORD: list[Post] = []
