"""Opening the next report, and its months and dates. What was written for the one before comes along."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q

from accounts import audit
from accounts.models import User
from indicators.extracts.dates import in_words
from indicators.periods import Period
from priorities.cycles import hold_open
from priorities.models import Agreement, ContextSummary, PriorityLineage, ReportingCycle
from priorities.states import Refused, State
from priorities.summaries import write_down

TAKEN = "There is a report for the meeting of {} already."
AT_MOST_LATER = timedelta(days=731)


@dataclass(frozen=True)
class Dates:
    """The months of a report, the day up to which progress is told, the days by which progress and figures are wanted,
    and the meeting."""

    period: Period
    progress_to: date
    due: date
    data_due: date
    meeting: date

    @property
    def fields(self) -> dict[str, date | str]:
        """The fields of a report that they fill."""
        return {
            "period_start": self.period.start,
            "period_end": self.period.end,
            "progress_to": self.progress_to,
            "due": self.due,
            "data_due": self.data_due,
            "meeting": self.meeting,
            "title": self.title,
        }

    @property
    def title(self) -> str:
        """A report is titled by the month of its meeting."""
        return f"{self.meeting:%B %Y}"

    def faults(self) -> list[tuple[str, str]]:
        """What cannot be, as pairs of a field and a sentence."""
        found = [
            (name, f"{what} are wanted after the meeting. Choose a day up to {in_words(self.meeting)}.")
            for name, what, day in (("due", "Updates", self.due), ("data_due", "Figures", self.data_due))
            if day > self.meeting
        ]
        if self.period.end > self.meeting:
            found.append(("period", "These months end after the meeting."))
        first, last = self.period.start, self.period.end + AT_MOST_LATER
        for name in ("progress_to", "due", "data_due", "meeting"):
            day = getattr(self, name)
            if day < first:
                found.append((name, f"This is before these months begin, on {in_words(first)}. Is the year right?"))
            if day > last:
                found.append((name, "This is more than two years after these months end. Is the year right?"))
        return found


@transaction.atomic
def open_report(*, agreement: Agreement, dates: Dates, actor: User) -> ReportingCycle:
    """Open the next report of an agreement, with the context summaries of the one before and no key messages.

    Raises Refused where another is not issued yet, where one of that month is there, or where its months end no
    later than those of the one before.
    """
    Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
    refuse_opening(agreement, dates)
    before = latest_of(agreement)
    cycle = ReportingCycle.objects.create(agreement=agreement, slug=slug_of(dates), **dates.fields)
    carried = carry_summaries(before, cycle, actor) if before else 0
    audit.record(
        actor=actor,
        kind="report-opened",
        object_type="report",
        object_key=cycle.slug,
        sentence=f"{actor.name} opened the {cycle.title} report, on {dates.period.span}.",
        data={name: str(value) for name, value in dates.fields.items()} | {"summaries": carried},
    )
    return cycle


def slug_of(dates: Dates) -> str:
    return f"{dates.meeting:%Y-%m}"


def refuse_opening(agreement: Agreement, dates: Dates) -> None:
    """Raise Refused, with the first reason not to open a report."""
    for _, fault in dates.faults():
        raise Refused(fault)
    if unfinished := unfinished_of(agreement):
        raise Refused(f"The {unfinished.title} report has not been issued yet. Issue it, then open the next one.")
    if ReportingCycle.objects.filter(Q(slug=slug_of(dates)) | Q(title=dates.title)).exists():
        raise Refused(TAKEN.format(dates.title))
    before = latest_of(agreement)
    if before and dates.period.end <= before.period_end:
        raise Refused(f"The months of the {before.title} report end in {before.period_end:%B %Y}. Choose later ones.")


def unfinished_of(agreement: Agreement) -> ReportingCycle | None:
    """The report that has to be issued before another is opened, of an agreement or of the one that it follows."""
    both = (agreement.pk, agreement.follows_id)
    return ReportingCycle.objects.filter(agreement__in=both, state__in=(State.DRAFT, State.CHECKED)).first()


def latest_of(agreement: Agreement) -> ReportingCycle | None:
    """The last report of an agreement; before its first, the last of the agreement that it follows."""
    found = ReportingCycle.objects.order_by("-period_end", "-pk")
    return found.filter(agreement=agreement).first() or found.filter(agreement=agreement.follows_id).first()


def carry_summaries(before: ReportingCycle, cycle: ReportingCycle, actor: User) -> int:
    """Copy what was written for one report to the next, as a first version that nobody has looked at yet; how many.
    Into another agreement the words go to the priority that carries theirs on, or took it in."""
    is_same = before.agreement_id == cycle.agreement_id
    homes = None if is_same else successors(cycle.agreement_id)
    texts: dict[int | None, list[ContextSummary]] = defaultdict(list)
    written = ContextSummary.objects.filter(cycle=before).exclude(text="")
    for summary in written.order_by(F("priority__number").asc(nulls_first=True)):
        if homes is None or summary.priority_id is None:
            texts[summary.priority_id].append(summary)
        elif summary.priority_id in homes:
            texts[homes[summary.priority_id]].append(summary)
    for priority, summaries in texts.items():
        copied = ContextSummary.objects.create(
            cycle=cycle,
            priority_id=priority,
            text="\n\n".join(summary.text for summary in summaries),
            version=1,
            updated_by_name=summaries[0].updated_by_name,
            carried_from=before,
        )
        write_down(copied, actor)
    return len(texts)


def successors(agreement: int) -> dict[int, int]:
    """For each earlier priority (its key), the one of this agreement that its words go to."""
    rows = PriorityLineage.objects.filter(to_priority__agreement=agreement).exclude(kind=PriorityLineage.Kind.SPLIT)
    return dict(rows.values_list("from_priority", "to_priority"))


@transaction.atomic
def save_dates(*, cycle: ReportingCycle, dates: Dates, actor: User) -> bool:
    """Change the months and dates of a report; whether anything changed. Its title follows its meeting, its address
    stays. Raises Refused where its state forbids it or the dates cannot be."""
    held = hold_open(cycle, actor)
    for _, fault in dates.faults():
        raise Refused(fault)
    others = ReportingCycle.objects.filter(agreement=held.agreement_id).exclude(pk=held.pk)
    new, old = dates.period.end, held.period_end
    if any(end == new or (end < new) != (end < old) for end in others.values_list("period_end", flat=True)):
        raise Refused("The months of a report end after those of the one before and before those of the next.")
    if ReportingCycle.objects.filter(title=dates.title).exclude(pk=held.pk).exists():
        raise Refused(TAKEN.format(dates.title))
    changed = {name: value for name, value in dates.fields.items() if getattr(held, name) != value}
    if not changed:
        return False
    for name, value in changed.items():
        setattr(held, name, value)
    held.save(update_fields=list(changed))
    audit.record(
        actor=actor,
        kind="report-dates-saved",
        object_type="report",
        object_key=held.slug,
        sentence=f"{actor.name} changed the months or dates of the {held.title} report.",
        data={name: str(value) for name, value in changed.items()},
    )
    return True
