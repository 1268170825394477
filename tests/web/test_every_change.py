"""Every address that takes a POST: what it changes, it changes together with exactly one event in the trail.

What each is sent stands in tests/posts/. An address that is new and stands nowhere there fails.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.db import DatabaseError, connections
from django.test import Client

from accounts import audit
from accounts.models import AuditEvent, AuditHead, User
from actions.models import Draft
from tests.addresses import ADDRESSES, World, draw_world, path_to
from tests.judging import text_of
from tests.plan import someone
from tests.posts import accounts, actions, indicators, priorities, reports
from tests.posts.post import WHOEVER, Post

pytestmark = pytest.mark.django_db

PARTS = (accounts, indicators, priorities, actions, reports)
CHANGES: list[Post] = [post for part in PARTS for post in part.CHANGES]
NOTHING_OF_RECORD: list[Post] = [post for part in PARTS for post in part.NOTHING_OF_RECORD]
BY_NAME = {address.name: address for address in ADDRESSES}
OURS = [
    model
    for app in apps.get_app_configs()
    if Path(app.path).parent == django_settings.BASE_DIR
    for model in app.get_models(include_auto_created=True)
]
TRAIL = {AuditEvent._meta.label, AuditHead._meta.label}
# Nobody else reads these of a person, nor what they have typed and not saved yet.
ONES_OWN = {"password", "last_login"}

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def demo(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def world() -> World:
    return draw_world()


def everything() -> Rows:
    """Every row of every table of ours, without what is one's own."""
    rows = {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in OURS}
    del rows[Draft._meta.label]
    for person in rows[User._meta.label]:
        for name in ONES_OWN:
            del person[name]
    return rows


def without_the_trail(rows: Rows) -> Rows:
    return {label: rows[label] for label in rows.keys() - TRAIL}


def sender(post: Post, world: World) -> Callable[[], Any]:
    """Posting, once the world is ready for it."""
    browser = Client(raise_request_exception=False)
    if post.by:
        browser.force_login(someone(post.by, world.plan.police, name=WHOEVER))
    sent = post.ready(world, browser)
    path = path_to(BY_NAME[post.name], world, **sent.at)
    return lambda: browser.post(path, sent.data)


def before_it_is_kept(monkeypatch: pytest.MonkeyPatch, do: Callable[[], None]) -> None:
    """Do something at the end of the transaction of the next event, before it is kept."""
    database = connections["default"]
    depth, number, keep = len(database.savepoint_ids), audit.version(), database.savepoint_commit

    def kept(savepoint: str) -> None:
        if len(database.savepoint_ids) == depth and audit.version() != number:
            monkeypatch.undo()
            do()
        keep(savepoint)

    monkeypatch.setattr(database, "savepoint_commit", kept)


def test_every_address_that_takes_a_post_is_named_here() -> None:
    takes_posts = {a.name for a in ADDRESSES if a.methods is None or "POST" in a.methods}

    assert takes_posts == {post.name for post in CHANGES} | {post.name for post in NOTHING_OF_RECORD}


@pytest.mark.parametrize("post", CHANGES, ids=str)
def test_a_change_is_one_event_of_whoever_made_it(world: World, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    send = sender(post, world)
    before, number, together = everything(), audit.version(), []
    before_it_is_kept(monkeypatch, lambda: together.append(everything()))

    answer = send()

    after = everything()
    assert answer.status_code == post.status, text_of(answer)
    (event,) = AuditEvent.objects.filter(number__gt=number)
    assert (event.actor_name, event.number) == (post.actor, number + 1)
    assert list(audit.faults()) == []
    assert without_the_trail(after) != without_the_trail(before)
    assert together == [after], "something was changed outside the transaction of the event"


@pytest.mark.parametrize("post", CHANGES, ids=str)
def test_a_change_that_fails_at_its_end_changes_nothing(
    world: World, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose_the_connection() -> None:
        raise DatabaseError("The connection is lost.")

    send = sender(post, world)
    before = everything()
    before_it_is_kept(monkeypatch, lose_the_connection)

    answer = send()

    assert answer.status_code == 500
    assert everything() == before


@pytest.mark.parametrize("post", NOTHING_OF_RECORD, ids=str)
def test_what_changes_nothing_of_record_leaves_no_event(world: World, post: Post) -> None:
    send = sender(post, world)
    before = everything()

    answer = send()

    assert answer.status_code < (500 if post.name.startswith("admin:") else 400)
    assert everything() == before
