"""manage.py publish_report, verify_reports and render_report."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts import audit
from accounts.models import User
from accounts.roles import Role
from priorities.models import ContextSummary
from priorities.states import State
from reports.frozen import fingerprint
from reports.models import MeetingLink, PublishedReport
from reports.publishing import prepare_correction, withdraw
from tests import kept
from tests.issued import Office, columns, open_office, state_of
from tests.plan import someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return open_office()


def publish(email: str, report: str = "2019-03") -> str:
    said = StringIO()
    call_command("publish_report", report, "--as", email, stdout=said)
    return said.getvalue()


class TestPublish:
    @pytest.mark.parametrize("role", [Role.WORKING_GROUP, Role.ANALYST, Role.ADMINISTRATOR])
    def test_whoever_may_not_issue_reports_does_not(self, office: Office, role: Role) -> None:
        person = someone(role, office.plan.police)

        with pytest.raises(CommandError, match="may not issue reports"):
            publish(person.email)

        assert not PublishedReport.objects.exists()

    def test_somebody_who_left_does_not(self, office: Office) -> None:
        User.objects.filter(pk=office.gale.pk).update(is_active=False)

        with pytest.raises(CommandError, match="may not issue reports"):
            publish(office.gale.email)

    def test_whoever_prepared_it_does_not(self, office: Office) -> None:
        with pytest.raises(CommandError, match="March 2019 cannot be issued:\nYou prepared this report"):
            publish(office.chris.email)

        assert state_of(office.report) == State.CHECKED

    def test_what_nobody_has_checked_is_not_issued(self, office: Office) -> None:
        with pytest.raises(CommandError, match="It cannot be issued"):
            publish(office.gale.email, "2018-12")

    def test_names_that_are_not_known_are_said_with_those_that_are(self, office: Office) -> None:
        with pytest.raises(CommandError, match="There are: 2019-03, 2018-12"):
            publish(office.gale.email, "2019-04")
        with pytest.raises(CommandError, match="Nobody has the address nobody@"):
            publish("nobody@example.invalid")

    def test_everything_that_stands_in_the_way_is_said_at_once(self, office: Office) -> None:
        ContextSummary.objects.filter(cycle=office.report).update(text="")

        with pytest.raises(CommandError) as refused:
            publish(office.chris.email)

        assert str(refused.value).splitlines() == [
            "March 2019 cannot be issued:",
            "You prepared this report. Somebody else has to issue it.",
            "Introduction: the context summary is empty.",
            "Road Safety: the context summary is empty.",
            "Hate: the context summary is empty.",
        ]

    def test_it_issues_and_says_what_under_which_link(self, office: Office, settings: Any) -> None:
        settings.SITE_URL = "https://csa.example.org"

        said = publish(office.gale.email.upper())

        issued = PublishedReport.objects.get()
        assert "Issued March 2019, edition 1, prepared by Chris." in said
        assert issued.sha256 in said
        assert "Link for the meeting, shown this once: https://csa.example.org/read/" in said
        token = said.split("/read/")[1].split("/")[0]
        assert MeetingLink.objects.get().token_sha256 == fingerprint(token)
        assert issued.issued_by == office.gale

    def test_it_issues_a_correction_that_is_prepared(self, office: Office) -> None:
        office.issue()
        with pytest.raises(CommandError, match="It cannot be issued"):
            publish(office.gale.email)
        prepare_correction(cycle=office.report, actor=office.chris, note="A wrong sum.")
        with pytest.raises(CommandError, match="Nothing in it is other than in edition 1"):
            publish(office.gale.email)
        ContextSummary.objects.filter(priority=None).update(text="The sum is put right.")

        assert "edition 2" in publish(office.gale.email)


def verify() -> tuple[int, str]:
    """The exit code, and what was said."""
    out, error = StringIO(), StringIO()
    try:
        call_command("verify_reports", stdout=out, stderr=error)
    except SystemExit as ended:
        return int(str(ended.code)), error.getvalue()
    return 0, out.getvalue()


def sql(statement: str) -> Callable[[], None]:
    return lambda: kept.sql(statement)


def forge() -> None:
    """Another text with a SHA-256 of its own."""
    text = PublishedReport.objects.get().payload.replace("Testshire", "Elsewhere")
    kept.sql("UPDATE reports_publishedreport SET payload = %s, sha256 = %s", text, fingerprint(text))


PAYLOAD = "UPDATE reports_publishedreport SET payload = "
ALTERED: list[tuple[Callable[[], None], str]] = [
    (sql(f"{PAYLOAD} replace(payload, 'Testshire', 'Elsewhere')"), "the text has another SHA-256 than was issued."),
    (sql(f"{PAYLOAD} payload || ' '"), "the text cannot be read. It holds a report, but is not in the form"),
    (sql(f"{PAYLOAD} replace(payload, '\"schema\":2', '\"schema\":3')"), "Its schema is 3; this version reads those"),
    (sql(f"{PAYLOAD} replace(payload, '2019-03', '2018-12')"), "the text is of the report 2018-12."),
    (forge, "the trail of changes says another sha256 than is kept."),
    (sql("UPDATE reports_publishedreport SET schema = 1"), "the trail of changes says another schema than is kept."),
    (sql("UPDATE reports_publishedreport SET issued_by_name = 'x'"), "says another issued_by_name than is kept."),
    (sql("UPDATE reports_publishedreport SET prepared_by_name = 'x'"), "says another prepared_by_name than is kept."),
    (sql("UPDATE reports_publishedreport SET issued_at = '2019-01-01 00:00:00+00:00'"), "says another issued_at than"),
    (sql("UPDATE reports_publishedreport SET edition = 7, note = 'x'"), "2019-03, edition 1: it was issued and is no"),
    (sql("UPDATE accounts_auditevent SET kind = 'x'"), "the trail of changes does not say that it was issued."),
    (sql("UPDATE accounts_auditevent SET text = '{}' WHERE number = 1"), "Event 1 does not follow"),
]


class TestVerify:
    def test_where_nothing_is_wrong_it_says_how_many_were_issued(self, office: Office) -> None:
        assert verify() == (0, "0 issued, each in place and unaltered.\n")
        office.issue()
        office.correct()
        withdraw(cycle=office.report, actor=office.chris, reason="A mistake.")

        assert verify() == (0, "2 issued, each in place and unaltered.\n")

    @pytest.mark.parametrize(("alter", "said"), ALTERED, ids=[said for _, said in ALTERED])
    def test_what_was_altered_is_named_and_the_exit_code_says_so(
        self, office: Office, alter: Callable[[], None], said: str
    ) -> None:
        sql("DELETE FROM accounts_auditevent")()
        sql("UPDATE accounts_audithead SET number = 0, hash = ''")()
        audit.record(actor="test", kind="test", object_type="test", object_key="1", sentence="Before.")
        office.issue()
        assert verify()[0] == 0

        alter()

        code, found = verify()
        assert code == 1
        assert said in found

    def test_an_edition_that_is_gone_is_missed(self, office: Office) -> None:
        office.issue()
        for table in ("meetinglink", "publishedreport"):
            sql(f"DELETE FROM reports_{table}")()

        assert verify() == (1, "2019-03, edition 1: it was issued and is no longer there.\n")

    def test_a_withdrawal_that_is_gone_or_forged_is_found(self, office: Office) -> None:
        office.issue()
        withdraw(cycle=office.report, actor=office.chris, reason="A mistake.")
        sql("DELETE FROM reports_withdrawal")()
        assert verify() == (
            1,
            "2019-03, edition 1: it was withdrawn and no mark says so as it was said: A mistake.\n",
        )

    def test_a_withdrawal_that_nobody_made_is_found(self, office: Office) -> None:
        issued = office.issue()
        sql(
            "INSERT INTO reports_withdrawal (published_id, reason, was_public, by_id, by_name, at)"
            f" VALUES ({issued.pk}, 'x', false, {office.chris.pk}, 'x', '2019-04-01 00:00:00')"
        )()

        assert verify() == (1, "2019-03, edition 1: it was withdrawn by its mark, not by the trail of changes: x\n")

    def test_other_words_of_the_meeting_are_found(self, office: Office) -> None:
        office.issue()
        office.publish()
        assert verify()[0] == 0
        sql("UPDATE reports_outcome SET text = 'Agreed.'")()

        assert verify() == (
            1,
            "2019-03, edition 1: it was considered and no mark says so as it was said: Noted, with thanks.\n"
            "2019-03, edition 1: it was considered by its mark, not by the trail of changes: Agreed.\n",
        )


def render(output: object, *more: str) -> str:
    said = StringIO()
    call_command("render_report", "2019-03", "--format", "json", "--output", str(output), *more, stderr=said)
    return said.getvalue()


class TestRender:
    def test_what_was_not_issued_cannot_be_written(self, office: Office, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="No such edition"):
            render(tmp_path / "report.json")
        office.issue()
        with pytest.raises(CommandError, match="No such edition"):
            render(tmp_path / "report.json", "--edition", "2")

        assert not (tmp_path / "report.json").exists()

    def test_the_file_holds_exactly_the_bytes_that_were_issued(self, office: Office, tmp_path: Path) -> None:
        issued = office.issue()

        said = render(tmp_path / "report.json")

        assert (tmp_path / "report.json").read_bytes() == issued.payload.encode()
        assert issued.sha256 in said

    def test_an_earlier_edition_can_be_written(self, office: Office, tmp_path: Path) -> None:
        first = office.issue()
        office.plan.road_safety.title = "Safer Roads"
        office.plan.road_safety.save()
        second = office.correct()

        render(tmp_path / "1.json", "--edition", "1")
        render(tmp_path / "2.json")

        assert (tmp_path / "1.json").read_bytes() == first.payload.encode()
        assert (tmp_path / "2.json").read_bytes() == second.payload.encode() != first.payload.encode()

    def test_a_file_that_holds_something_else_is_never_written_over(self, office: Office, tmp_path: Path) -> None:
        office.issue()
        other = tmp_path / "other.json"
        other.write_text("something else")

        for path in (other, tmp_path):
            with pytest.raises(CommandError, match="holds something else"):
                render(path)

        assert other.read_text() == "something else"

    def test_a_file_that_holds_it_already_stays(self, office: Office, tmp_path: Path) -> None:
        office.issue()
        render(tmp_path / "report.json")

        render(tmp_path / "report.json")

        assert len(list(tmp_path.iterdir())) == 1

    def test_a_folder_that_is_not_there_is_said(self, office: Office, tmp_path: Path) -> None:
        office.issue()

        with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
            render(tmp_path / "no" / "report.json")

    def test_a_dash_is_standard_output(self, office: Office, capfdbinary: Any) -> None:
        issued = office.issue()

        render("-")

        assert capfdbinary.readouterr().out == issued.payload.encode()

    def test_what_a_later_version_issued_is_written_as_it_is(self, office: Office, tmp_path: Path) -> None:
        kept = columns(office.issue())
        text = kept["payload"].replace('"schema":2', '"schema":3')
        PublishedReport.objects.create(
            **kept | {"edition": 2, "note": "x", "payload": text, "sha256": fingerprint(text)}
        )

        render(tmp_path / "report.json")

        assert (tmp_path / "report.json").read_bytes() == text.encode()

    def test_a_text_that_was_altered_is_not_written(self, office: Office, tmp_path: Path) -> None:
        office.issue()
        sql(f"{PAYLOAD} payload || ' '")()

        with pytest.raises(CommandError, match="not the one that was issued"):
            render(tmp_path / "report.json")

        assert not (tmp_path / "report.json").exists()
