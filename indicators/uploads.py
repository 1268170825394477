"""What the page of one extract shows: before use what it would change, afterwards what it changed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from indicators.extracts.current import FIELDS, held_under
from indicators.extracts.findings import Finding, Findings, Severity
from indicators.extracts.plan import Plan, Step
from indicators.models import DataChange, Extract, Observation
from indicators.upload_lines import Changed, Known, Line, Missing, changed_of, known, lines_of, missing_of

MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class UploadPage:
    """Texts and counts, ready to print. Of lines, changed values and findings the first are there, and how many
    more there are."""

    lines: tuple[Line, ...] = ()
    more_lines: int = 0
    changed: tuple[Changed, ...] = ()
    more_changed: int = 0
    errors: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    more_errors: int = 0
    more_warnings: int = 0
    more_notes: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    missing: tuple[Missing, ...] = ()
    more_missing: int = 0
    rows: int = 0
    checksum: str = ""
    is_usable: bool = False


def page_of(extract: Extract, plan: Plan | None) -> UploadPage:
    """The page of an extract: from its plan, or without one from what its use changed."""
    if plan is not None:
        page = with_findings(of_plan(plan), plan.findings)
        return replace(page, checksum=plan.checksum, is_usable=plan.is_usable)
    findings = Findings()
    findings.extend(Finding(**kept) for kept in extract.findings)
    findings.counts |= extract.found
    change = extract.changes.filter(kind=DataChange.Kind.USE).first()
    page = of_change(change) if change else UploadPage()
    return replace(with_findings(page, findings), rows=extract.rows)


def with_findings(page: UploadPage, findings: Findings) -> UploadPage:
    def texts(severity: Severity) -> tuple[str, ...]:
        return tuple(str(finding) for finding in findings.of(severity))

    return replace(
        page,
        errors=tuple(findings.of("error")),
        warnings=texts("warning"),
        notes=texts("note"),
        more_errors=findings.more("error"),
        more_warnings=findings.more("warning"),
        more_notes=findings.more("note"),
    )


def of_plan(plan: Plan) -> UploadPage:
    page = of_steps(plan.new, plan.revised, plan.unchanged)
    missing = tuple(missing_of(plan.missing[:MOST_LINES])) if plan.missing else ()
    return replace(
        page,
        unchanged=len(plan.unchanged),
        rows=plan.rows,
        missing=missing,
        more_missing=max(0, len(plan.missing) - MOST_LINES),
    )


def of_change(change: DataChange) -> UploadPage:
    steps = changed_by(change)
    page = of_steps([s for s in steps if s.held is None], [s for s in steps if s.held is not None], [])
    return replace(page, unchanged=change.unchanged)


def changed_by(change: DataChange) -> list[Step]:
    """The figures that a use added or revised, as they were then, whatever has been revised since, by line."""
    closed = Observation.objects.filter(until=change.number).order_by().values_list(*FIELDS)
    before = dict(map(held_under, closed))
    added = Observation.objects.filter(since=change.number).order_by("line").values_list("line", *FIELDS)
    steps = []
    for line, *row in added:
        key, now = held_under(tuple(row))
        steps.append(Step(key, line, now.figure, before.get(key)))
    return steps


def of_steps(new: Iterable[Step], revised: Iterable[Step], unchanged: Iterable[Step]) -> UploadPage:
    new, revised, unchanged = list(new), list(revised), list(unchanged)
    register: Known = known({step.key.indicator for step in (*new, *revised, *unchanged)})
    lines = lines_of(new, revised, unchanged, register)
    return UploadPage(
        lines=tuple(lines[:MOST_LINES]),
        more_lines=max(0, len(lines) - MOST_LINES),
        changed=tuple(changed_of(step, register) for step in revised[:MOST_LINES]),
        more_changed=max(0, len(revised) - MOST_LINES),
        new=len(new),
        revised=len(revised),
    )
