"""Context summaries: the figures and notes their text refers to, and saving them without losing anything."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from indicators.held import series_of
from indicators.models import Area, Indicator, SourceEdition
from priorities import narrative
from priorities.cycles import hold_open
from priorities.figures import Figure, references, resolve
from priorities.models import ContextSummary, ContextSummaryVersion, Priority, ReportingCycle
from priorities.states import Refused

LONGEST = 50_000


class Conflict(Exception):
    """Somebody saved this summary in between; `current` is what they saved."""

    def __init__(self, current: ContextSummary) -> None:
        super().__init__(f"{current} is now at version {current.version}.")
        self.current = current


def figures_in(texts: Iterable[str]) -> dict[str, Figure]:
    """What every live figure in some texts resolves to now, by its reference; in as many queries for many
    texts as for one."""
    wanted = list({ref.text: ref for text in texts for ref in references(text)}.values())
    indicators = list(Indicator.objects.filter(slug__in={ref.slug for ref in wanted}).select_related("area"))
    main = {indicator.slug: indicator.area_id for indicator in indicators}
    codes = {ref.area for ref in wanted if ref.area} | set(main.values())
    series = series_of(indicators, Area.objects.filter(code__in=codes)) if indicators else {}
    return {ref.text: resolve(ref, series, main) for ref in wanted}


def citations_in(texts: Iterable[str]) -> dict[str, narrative.Citation]:
    """The source editions that notes in some texts name, by slug."""
    names = {name for text in texts for name in narrative.cited(text)}
    editions = SourceEdition.objects.filter(slug__in=names).select_related("source")
    return {edition.slug: citation(edition) for edition in editions}


def citation(edition: SourceEdition) -> narrative.Citation:
    """A note: publisher, title, when it was published (once, where the title says it too), and anything to know
    about it."""
    title, when = edition.title, edition.published_text
    if edition.published:
        month = f"{edition.published:%B %Y}"
        when = f"{edition.published.day} {month}"
        title = title.removesuffix(f", {when}").removesuffix(f", {month}")
    words = ", ".join(part for part in (edition.source.publisher, title.removesuffix(f", {when}"), when) if part)
    note = f" {edition.note}" if edition.note else ""
    return narrative.Citation(f"{words}.{note}", edition.url)


def faults(text: str) -> list[str]:
    """What must be put right before a text can be saved, a sentence each."""
    return faults_in([text])[0]


def faults_in(texts: list[str]) -> list[list[str]]:
    """What must be put right in each of some texts; in as many queries for many texts as for one."""
    figures, known = figures_in(texts), citations_in(texts)
    return [list(faults_of(text, figures, known)) for text in texts]


def faults_of(text: str, figures: Mapping[str, Figure], known: Mapping[str, narrative.Citation]) -> Iterator[str]:
    for reference in references(text):
        if fault := figures[reference.text].fault:
            yield f"[[{reference.text}]]: {fault}"
    for name in narrative.cited(text):
        if name not in known and f"[^{name}]:" not in text:
            yield f"[^{name}]: no source of this name is known, and the text does not explain it."
    if len(text) > LONGEST:
        yield f"The text is {len(text):,} characters long; at most {LONGEST:,} can be kept."
    if "\0" in text:
        yield "The text holds a character that cannot be kept (NUL)."


def tidy(text: str) -> str:
    """As it is kept: one form of each accented letter, lines ending in a line feed, no space around it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def summary_of(cycle: ReportingCycle, priority: Priority | None) -> ContextSummary:
    """The summary of a priority (or the introduction) for a report; an empty one, not yet kept, where there
    is none."""
    found = ContextSummary.objects.filter(cycle=cycle, priority=priority).first()
    return found or ContextSummary(cycle=cycle, priority=priority)


@transaction.atomic
def save_summary(
    *, cycle: ReportingCycle, priority: Priority | None, text: str, expected_version: int, actor: User | str
) -> ContextSummary:
    """Keep a new version of a summary, with what its figures said at that moment.

    Raises Conflict, and keeps nothing, where somebody saved since `expected_version`, and Refused where the state
    of the report forbids writing. A text that is the same as before makes no version.
    """
    text = tidy(text)
    cycle = hold_open(cycle, actor)
    summary, _ = ContextSummary.objects.get_or_create(cycle=cycle, priority=priority)
    if summary.version and text == summary.text:
        return summary
    name = actor.name if isinstance(actor, User) else actor
    number = expected_version + 1
    now = timezone.now()
    changed = ContextSummary.objects.filter(pk=summary.pk, version=expected_version).update(
        text=text, version=number, updated_by_name=name, updated_at=now, looked_by_name=name, looked_at=now
    )
    if not changed:
        summary.refresh_from_db()
        raise Conflict(summary)
    summary.refresh_from_db()
    write_down(summary, actor)
    audit.record(
        actor=actor,
        kind="summary-saved",
        object_type="context summary",
        object_key=f"{cycle.slug}/{priority.slug if priority else 'introduction'}",
        sentence=f"{name} wrote version {number} of the context summary of {summary.title}, {cycle.title}.",
        data={"version": number},
    )
    return summary


def write_down(summary: ContextSummary, actor: User | str) -> None:
    """Keep a summary as a version, with what its figures say now and who put it there."""
    figures = figures_in([summary.text]).values()
    ContextSummaryVersion.objects.create(
        summary=summary,
        number=summary.version,
        text=summary.text,
        figures=[{"reference": f.reference, "text": f.text, "value": f.value, "status": f.status} for f in figures],
        at=summary.updated_at,
        by=actor if isinstance(actor, User) else None,
        by_name=actor.name if isinstance(actor, User) else actor,
    )


@transaction.atomic
def say_still_true(*, cycle: ReportingCycle, priority: Priority | None, version: int, actor: User) -> ContextSummary:
    """Note that somebody has read a summary and that it still holds. Raises Refused where the state of the report
    forbids writing or there is nothing to read, and Conflict where what they read has been changed since."""
    cycle = hold_open(cycle, actor)
    summary = summary_of(cycle, priority)
    if not summary.text:
        raise Refused("Nothing has been written yet that could still be true.")
    if summary.version != version:
        raise Conflict(summary)
    if summary.looked_at:
        return summary
    summary.looked_at, summary.looked_by_name = timezone.now(), actor.name
    ContextSummary.objects.filter(pk=summary.pk).update(looked_at=summary.looked_at, looked_by_name=actor.name)
    audit.record(
        actor=actor,
        kind="summary-still-true",
        object_type="context summary",
        object_key=f"{cycle.slug}/{priority.slug if priority else 'introduction'}",
        sentence=f"{actor.name} said that the context summary of {summary.title} is still true, {cycle.title}.",
        data={"version": summary.version},
    )
    return summary
