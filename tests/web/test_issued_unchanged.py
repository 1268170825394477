"""What was issued stays as it is, whatever else changes."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.test import Client

from accounts.models import Partner, User
from accounts.roles import Role
from actions.models import Action, Decision, Milestone, Output, ProgressEntry
from indicators.models import Area, Indicator, Observation, SeriesBreak, Source, SourceEdition
from indicators.periods import Period
from priorities.models import Acronym, Agreement, AreaOfConcern, ContextSummary, Priority, PriorityIndicator
from priorities.models import ReportingCycle as Cycle
from reports.models import PublishedReport
from reports.publishing import issue, make_link, prepare_correction
from reports.verifying import faults
from tests.held import held, indicator, recording_changed
from tests.issued import Office, columns
from tests.plan import action, cycle, partner, someone
from tests.series import year
from tests.web.test_issued import PAGES, happened, main_of, office, words_of

__all__ = ["office"]
pytestmark = pytest.mark.django_db

CHANGES = 100
OURS = ("accounts", "actions", "indicators", "priorities")
Change = Callable[[Office, Random], object]


def word(random: Random) -> str:
    return "".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=8))


def of_one(random: Random, model: type, **fields: object) -> None:
    """Change one row of a model, whichever."""
    keys = sorted(model._default_manager.values_list("pk", flat=True))  # type: ignore[attr-defined]
    model._default_manager.filter(pk=random.choice(keys)).update(**fields)  # type: ignore[attr-defined]


def deaths() -> Indicator:
    return Indicator.objects.get(slug="road-deaths")


def another_figure(office: Office, random: Random) -> None:
    month = Period.of(random.randrange(1990, 2015), random.randrange(1, 13))
    if not Observation.objects.filter(indicator=deaths(), period_start=month.start, period_end=month.end).exists():
        held(deaths(), month, random.randrange(100))


def another_indicator(office: Office, random: Random) -> None:
    made = indicator(f"more-{word(random)}")
    held(made, Period.of(2018, 1, 12), random.randrange(1000))
    PriorityIndicator.objects.create(priority=office.plan.hate, indicator=made, role="context")


def another_priority(office: Office, random: Random) -> None:
    number = Priority.objects.count() + 1
    Priority.objects.create(
        agreement=office.plan.agreement, slug=word(random), number=number, title=word(random), summary="New."
    )


def another_report(office: Office, random: Random) -> None:
    end = date(2019 + Cycle.objects.count(), 1, 31)
    cycle(office.plan.agreement, f"{end.year}-03", f"March {end.year}", end)


def a_decision(office: Office, random: Random) -> None:
    Decision.objects.create(cycle=office.report, question=word(random), asked_by="Working Group")


def progress(office: Office, random: Random) -> None:
    ProgressEntry.objects.update_or_create(
        action=random.choice(list(Action.objects.all())),
        cycle=office.report,
        defaults={
            "text": word(random),
            "version": random.randrange(1, 9),
            "updated_at": "2019-04-01T00:00Z",
            "updated_by_name": "Eve",
        },
    )


SINGLE: list[Change] = [
    lambda _, r: of_one(r, Observation, value=r.randrange(10_000)),
    lambda _, r: of_one(r, Observation, status=r.choice(["final", "provisional", "estimated"])),
    lambda _, r: of_one(r, Observation, note=word(r)),
    another_figure,
    another_indicator,
    lambda _, r: of_one(r, Indicator, name=word(r), definition=word(r)),
    lambda _, r: of_one(r, Indicator, polarity=r.choice(["lower", "higher", "neither"]), decimals=r.randrange(3)),
    lambda _, r: recording_changed(deaths(), date(r.randrange(1990, 2019), 1, 1)),
    lambda _, r: SeriesBreak.objects.all().delete(),
    lambda _, r: of_one(r, Area, name=word(r)),
    lambda _, r: of_one(r, Source, publisher=word(r)),
    lambda _, r: of_one(r, SourceEdition, title=word(r)),
    lambda _, r: of_one(r, Agreement, name=word(r), caution=word(r), partnership=word(r)),
    lambda _, r: of_one(r, Priority, title=word(r), summary=word(r), caution=word(r), no_indicator_reason=word(r)),
    another_priority,
    lambda _, r: of_one(r, PriorityIndicator, order=r.randrange(100)),
    lambda _, r: of_one(r, ContextSummary, text=word(r)),
    lambda office, r: AreaOfConcern.objects.create(cycle=office.report, priority=office.plan.hate, text=word(r)),
    a_decision,
    lambda _, r: of_one(r, Action, title=word(r)),
    lambda office, r: action(office.plan.road_safety, word(r), word(r), lead=office.plan.police),
    lambda _, r: Milestone.objects.create(action=r.choice(list(Action.objects.all())), title=word(r)),
    lambda _, r: Output.objects.create(action=r.choice(list(Action.objects.all())), name=word(r), unit="x", actual=1),
    progress,
    lambda _, r: of_one(r, Partner, name=word(r)),
    lambda _, r: partner(word(r), word(r)),
    lambda _, r: of_one(r, User, name=word(r)),
    lambda _, r: User.objects.filter(name__in=["Chris", "Gale"]).update(is_active=r.random() < 0.5),
    lambda office, r: Cycle.objects.filter(pk=office.report.pk).update(title=word(r), key_messages=[word(r)]),
    lambda office, r: Cycle.objects.filter(pk=office.report.pk).update(progress_to=date(2030, 1, r.randrange(1, 31))),
    another_report,
    lambda _, r: Acronym.objects.create(short=word(r), long=word(r)),
]


# The trail, which the database keeps, and the account that the test reads with.
NOT_CHANGED = {"auditevent", "audithead", "user"}
WORDS = (models.CharField, models.TextField)


def everything_else() -> list[type[models.Model]]:
    """Every model of this program of which there is a row, but those that the test is about."""
    ours = (model for name in OURS for model in apps.get_app_config(name).get_models())
    return [model for model in ours if model._meta.model_name not in NOT_CHANGED and model._default_manager.exists()]


def any_column(office: Office, random: Random) -> None:
    """Another value in any column of any row of anything else; what the database refuses is left."""
    model = random.choice(everything_else())
    columns = [f for f in model._meta.fields if not f.primary_key and not f.is_relation and other_value(f, random)]
    column = random.choice([f for f in columns if f.name != "slug"] or [None])
    if column is not None:
        with suppress(DatabaseError), transaction.atomic():
            of_one(random, model, **{column.name: other_value(column, random)})


def other_value(column: Any, random: Random) -> Any:
    """Some value of the kind of a column; None for kinds that this does not know."""
    if column.choices:
        return random.choice([value for value, _ in column.flatchoices])
    if isinstance(column, WORDS):
        return word(random)
    if isinstance(column, models.BooleanField):
        return random.choice([True, False])
    if isinstance(column, models.IntegerField | models.DecimalField):
        return random.randrange(1, 9_000)
    if isinstance(column, models.DateTimeField):
        return datetime(2019, random.randrange(1, 13), 1, tzinfo=UTC)
    if isinstance(column, models.DateField):
        return date(2019, random.randrange(1, 13), random.randrange(1, 28))
    return None


@pytest.mark.slow
def test_text_and_main_content_are_the_same_after_a_hundred_changes(client: Client, office: Office) -> None:
    random = Random(2019)
    first = issue(cycle=office.report, actor=office.gale)
    token = make_link(cycle=office.report, actor=office.chris)
    client.force_login(someone(Role.ADMINISTRATOR, name="Reader"))
    addresses = [
        root + page
        for root in ("/reports/2019-03/", "/reports/2019-03/editions/1/", f"/read/{token}/")
        for page in (*PAGES, "figures/road-deaths-e10000099.csv", "figures/road-deaths-e10000099.json")
    ]

    def shown() -> list[str]:
        answers = [client.get(address) for address in addresses]
        assert [answer.status_code for answer in answers] == [200] * len(addresses)
        return [main_of(a) if "html" in a.headers["Content-Type"] else a.content.decode() for a in answers]

    before, text = shown(), columns(first.published)
    for number in range(CHANGES):
        # each kind of change at least once, then any
        change = SINGLE[number] if number < len(SINGLE) else random.choice([any_column, random.choice(SINGLE)])
        change(office, random)
        happened()
        if number % 10 == 9:
            assert shown() == before, f"after change {number}"

    assert columns(PublishedReport.objects.get()) == text
    assert list(faults()) == []


def test_what_is_written_for_a_correction_changes_nothing_until_it_is_issued(client: Client, office: Office) -> None:
    office.issue()
    client.force_login(office.chris)
    before = [main_of(client.get("/reports/2019-03/" + page)) for page in PAGES]

    prepare_correction(cycle=office.report, actor=office.chris, note="A wrong sum.")
    ContextSummary.objects.update(text="Something else.")
    happened()

    assert [main_of(client.get("/reports/2019-03/" + page)) for page in PAGES] == before
    assert "Something else." in words_of(client.get("/priorities/road-safety/?cycle=2019-03"))


def test_a_figure_that_came_in_early_is_not_called_revised_once_the_next_agreement_has_begun(
    client: Client, office: Office
) -> None:
    held(deaths(), year(2019), 51)
    office.issue()
    before = office.plan.agreement
    following = Agreement.objects.get(pk=before.pk)
    following.pk, following.slug, following.follows = None, "next", before
    following.save()
    cycle(following, "2020-03", "March 2020", date(2020, 1, 31))
    happened()
    client.force_login(office.gale)

    assert "since revised" not in words_of(client.get("/reports/2019-03/"))


@pytest.mark.parametrize("page", ["figures/road-deaths-e10000099/", "figures/road-deaths-e10000099.csv"])
def test_the_address_of_a_figure_that_a_correction_leaves_out_leads_to_the_edition_that_has_it(
    client: Client, office: Office, page: str
) -> None:
    office.issue()
    PriorityIndicator.objects.all().delete()
    ContextSummary.objects.update(text="Without figures.")
    office.correct("Its figure is of another county.")
    client.force_login(office.gale)

    answer = client.get("/reports/2019-03/" + page)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/reports/2019-03/editions/1/" + page)
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.get("/reports/2019-03/editions/2/" + page).status_code == 404
    office.publish()
    assert client.get("/public/reports/2019-03/" + page).status_code == 404
