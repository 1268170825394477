"""What the last file of the kind gave and this one does not."""

from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from indicators.extracts.current import plan_of
from indicators.extracts.plan import Plan
from indicators.extracts.storage import path_of
from indicators.models import Extract, Indicator, Observation
from tests import held
from tests.extracts import HEADER, received, use
from tests.plan import someone

pytestmark = pytest.mark.django_db

ROW = "{},E10000099,{}-01-01,{}-12-31,{},final,,\n"


def table(**years: str) -> str:
    """calls="2015 2016" → a row for each of these years."""
    return HEADER + "".join(ROW.format(slug, year, year, 7) for slug, text in years.items() for year in text.split())


@pytest.fixture(autouse=True)
def indicators() -> tuple[Indicator, Indicator]:
    return held.indicator("calls"), held.indicator("visits")


def planned(text: str) -> Plan:
    return plan_of(path_of(received(text, "now.csv").sha256))


def missing(text: str) -> list[str]:
    return [f"{key.indicator} {key.start.year}" for key in planned(text).missing]


def test_nothing_is_missing_of_what_was_never_there() -> None:
    assert missing(table(calls="2015 2016")) == []


def test_what_the_last_file_had_within_the_span_of_this_one_is_missing() -> None:
    use(table(calls="2014 2015 2016 2017 2018"), "first.csv")

    assert missing(table(calls="2015 2017 2019")) == ["calls 2016", "calls 2018"]


def test_other_indicators_are_not_missed() -> None:
    use(table(calls="2015 2016", visits="2015 2016"), "first.csv")

    assert missing(table(calls="2015 2017")) == ["calls 2016"]


def test_what_the_last_file_had_not_is_not_missing_again() -> None:
    use(table(calls="2015 2016 2017"), "first.csv")
    use(table(calls="2015 2017 2018"), "second.csv")

    assert missing(table(calls="2015 2017 2019")) == ["calls 2018"]


def test_what_the_last_file_left_unchanged_is_missed_as_well() -> None:
    use(table(calls="2015 2016"), "first.csv")
    use(table(calls="2015 2016 2017"), "second.csv")

    assert missing(table(calls="2015 2017")) == ["calls 2016"]


def test_figures_that_came_in_another_format_are_not_missed() -> None:
    use(table(calls="2015 2016 2017"), "first.csv")
    Extract.objects.update(format="another")

    assert missing(table(calls="2015 2017")) == []


def test_a_file_that_has_everything_is_known_by_one_query(django_assert_num_queries: Any) -> None:
    text = table(calls="2015 2016 2017")
    use(text, "first.csv")
    path = path_of(received(text.replace(",7,", ",8,"), "now.csv").sha256)

    with django_assert_num_queries(6):
        assert plan_of(path).missing == ()


def test_it_is_shown_and_changes_nothing_by_itself(client: Client) -> None:
    use(table(calls="2015 2016 2017"), "first.csv")
    client.force_login(someone(Role.ANALYST))
    at = f"/data/uploads/{received(table(calls='2015 2017 2018'), 'now.csv').pk}/"

    said = client.get(at).content.decode()
    use(table(calls="2015 2017 2018"), "now.csv")

    assert "Missing since last time" in said
    assert "Calls</a>, Testshire, 2016</li>" in said
    assert Observation.objects.get(period_end="2016-12-31").until is None
    assert "Missing since last time" not in client.get(at).content.decode()
