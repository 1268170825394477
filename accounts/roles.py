"""Who may do what: the one table. A role is a set of permissions; a person has one role.

What the state of a thing allows is another question, answered where that state lives.
"""

from django.db.models import TextChoices


class Permission(TextChoices):
    """Something a person may be allowed to do. Every address of the site declares one (accounts.guards)."""

    READ = "read", "Read everything the partnership shares"
    UPDATE_ACTIONS = "update-actions", "Update the progress of own actions"
    UPDATE_ANY_ACTION = "update-any-action", "Update the progress of any action"
    WRITE_SUMMARIES = "write-summaries", "Write context summaries"
    RUN_REPORTS = "run-reports", "Open reports, remind, check and send back"
    ISSUE_REPORTS = "issue-reports", "Issue reports that somebody else has checked"
    READ_DATA = "read-data", "See extracts and what is held"
    USE_EXTRACTS = "use-extracts", "Upload extracts and use their figures"
    JUDGE = "judge", "Say how figures are judged"
    MANAGE_PEOPLE = "manage-people", "Manage people and partners"
    RECORD_DECISIONS = "record-decisions", "Ask for decisions and record their answers"
    READ_AUDIT = "read-audit", "Read the trail of changes"
    ADMINISTER = "administer", "Use the administration site"


class Role(TextChoices):
    """What a person is to the partnership."""

    WORKING_GROUP = "working-group", "Working group member"
    GOVERNING_GROUP = "governing-group", "Governing group member"
    ANALYST = "analyst", "Analyst"
    COORDINATOR = "coordinator", "Coordinator"
    ADMINISTRATOR = "administrator", "Administrator"


P = Permission
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.WORKING_GROUP: frozenset({P.READ, P.UPDATE_ACTIONS}),
    Role.GOVERNING_GROUP: frozenset({P.READ, P.ISSUE_REPORTS}),
    Role.ANALYST: frozenset({P.READ, P.READ_DATA, P.USE_EXTRACTS, P.JUDGE}),
    Role.COORDINATOR: frozenset(
        {
            P.READ,
            P.READ_AUDIT,
            P.READ_DATA,
            P.UPDATE_ACTIONS,
            P.UPDATE_ANY_ACTION,
            P.WRITE_SUMMARIES,
            P.RUN_REPORTS,
            P.ISSUE_REPORTS,
            P.RECORD_DECISIONS,
        }
    ),
    Role.ADMINISTRATOR: frozenset({P.READ, P.READ_DATA, P.READ_AUDIT, P.MANAGE_PEOPLE, P.ADMINISTER}),
}

DESCRIPTIONS: dict[Role, str] = {
    Role.WORKING_GROUP: "Updates the progress of the actions that their partner leads or is named in.",
    Role.GOVERNING_GROUP: "Reads the report and decides; issues reports that the coordinator has checked.",
    Role.ANALYST: "Uploads extracts, checks what they would change and uses their figures; "
    "says how figures are judged.",
    Role.COORDINATOR: "Runs each report: progress, context summaries, papers.",
    Role.ADMINISTRATOR: "Manages people and partners.",
}
