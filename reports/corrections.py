"""What a report says otherwise than an edition of it: what a second officer looks at before a correction is issued."""

from collections.abc import Iterator

from django.utils.html import strip_tags

from priorities.narrative import Narrative
from reports.changes import actions_of, changes, under
from reports.frozen import plain
from reports.report import Change, Report


def corrected(before: Report, now: Report) -> tuple[str, ...]:
    """Everything that is other than before, in sentences: the words first, then what changed in decisions, areas of
    concern, actions and figures; nothing where both say the same."""
    found = [*dates(before, now), *words(before, now), *accounts(before, now), *changes(before, now)]
    named = {change.slug for change in found}
    for priority in now.priorities:
        is_other = plain(priority) != plain(before.priority(priority.slug))
        if is_other and priority.slug not in named:
            found.append(under(priority, "else", f"{priority.title}: something else on its page."))
    if not found and plain(before) != plain(now):
        found.append(on_overview("Something else on the overview."))
    return tuple(dict.fromkeys(change.text for change in found))


def dates(before: Report, now: Report) -> Iterator[Change]:
    for what, was, is_now in (
        ("Progress to", before.progress_to, now.progress_to),
        ("Data to", before.data_to, now.data_to),
        ("Meeting", before.meeting, now.meeting),
    ):
        if was != is_now:
            yield on_overview(f"{what}: {is_now or 'not stated'}, was {was or 'not stated'}.")


def words(before: Report, now: Report) -> Iterator[Change]:
    """The texts that are others."""
    if [each.text for each in before.key_messages] != [each.text for each in now.key_messages]:
        yield on_overview("Key messages: another text.")
    if read(before.introduction) != read(now.introduction):
        yield on_overview("Introduction: another text.")
    for priority in now.priorities:
        was = before.priority(priority.slug)
        if was and read(was.narrative) != read(priority.narrative):
            yield under(priority, "words", f"{priority.title}: another context summary.")


def accounts(before: Report, now: Report) -> Iterator[Change]:
    """The actions of which something else is said."""
    held = actions_of(before)
    for key, (priority, action) in actions_of(now).items():
        if key in held and plain(held[key][1]) != plain(action):
            yield under(priority, "account", f"‘{action.title}’: something else is said of it.")


def on_overview(text: str) -> Change:
    return Change("overview", text, "", "", "")


def read(narrative: Narrative) -> str:
    """A text as it is read, without where its links lead."""
    return strip_tags(narrative.body + narrative.notes)
