"""Reports, their words and their dates, and areas of concern that somebody adds."""

from django.test import Client

from accounts.roles import Role
from priorities.models import ContextSummary
from priorities.states import State
from tests.addresses import World
from tests.plan import put, write_up
from tests.posts.post import Post, Sent, says

DATES = {
    "period": "year to April 2019",
    "progress_to": "2019-06-30",
    "due": "2019-06-07",
    "data_due": "2019-06-07",
    "meeting": "2019-06-27",
}


def after_the_last_was_issued(world: World, browser: Client) -> Sent:
    for report in (world.plan.december, world.plan.march):
        put(report, State.ISSUED)
    return Sent(DATES)


def read_again(world: World, browser: Client) -> Sent:
    write_up(world.plan)
    ContextSummary.objects.update(looked_at=None)
    return Sent({"version": "0"})


def written_up(world: World, browser: Client) -> Sent:
    write_up(world.plan)
    return Sent()


def waits_to_be_issued(world: World, browser: Client) -> Sent:
    put(world.plan.march, State.CHECKED)
    return Sent({"reason": "Road Safety is too long."})


def one_more_concern(world: World, browser: Client) -> Sent:
    return Sent({"priority": world.plan.hate.pk, "text": "Fewer people ask.", "reason": "Said at the forum."})


def behind(world: World, browser: Client) -> Sent:
    """The rule finds an action that is behind."""
    browser.post("/actions/rs1/update/", {"text": "No teacher yet.", "status": "behind", "version": "0"})
    return Sent({"reason": "A teacher starts in April."})


CHANGES = [
    Post("introduction_edit", Role.COORDINATOR, says(text="Words.", version="0")),
    Post("introduction_still_true", Role.COORDINATOR, read_again),
    Post("summary_edit", Role.COORDINATOR, says(text="Words.", version="0")),
    Post("summary_still_true", Role.COORDINATOR, read_again),
    Post("cycle_open", Role.COORDINATOR, after_the_last_was_issued),
    Post("cycle_dates", Role.COORDINATOR, says(**DATES)),
    Post("cycle_messages", Role.COORDINATOR, says(before="[]", message_1="Fewer.")),
    Post("cycle_check", Role.COORDINATOR, written_up),
    Post("cycle_send_back", Role.COORDINATOR, waits_to_be_issued),
    Post("concerns", Role.COORDINATOR, one_more_concern),
    Post("concern_take_away", Role.COORDINATOR, behind),
    Post("concern_undo", Role.COORDINATOR, says()),
]

NOTHING_OF_RECORD = [
    Post("introduction_edit", Role.COORDINATOR, says(text="Words.", version="0", preview="1"), "shows a preview"),
    Post("summary_edit", Role.COORDINATOR, says(text="Words.", version="0", preview="1"), "shows a preview"),
]
