"""Figures of a report as files, from the report alone."""

from indicators.downloads import Cell, csv_file, plain, text
from reports import frozen
from reports.report import FigureLine, Report, Value


def figure_csv(line: FigureLine) -> bytes:
    """The figures behind an indicator of a report, a row each, the earliest first, under the same heads as the
    indicator's own file."""
    return csv_file(row(line, value) for value in reversed(line.values))


def row(line: FigureLine, value: Value) -> list[Cell]:
    return [
        text(line.name),
        text(line.area_code),
        text(line.area),
        value.period,
        value.start.isoformat(),
        value.end.isoformat(),
        plain(value.value),
        plain(value.value_to),
        value.qualifier,
        value.status.replace("_", " "),
        text(value.coverage),
        text(value.source),
        text(value.file),
        "" if value.line is None else value.line,
        text(value.note),
    ]


def figure_json(report: Report, sha256: str, line: FigureLine) -> str:
    """What a report says of an indicator, in the form in which reports are kept. `sha256` is that of the report."""
    said = {
        "report": report.slug,
        "sha256": sha256,
        "schema": frozen.SCHEMA,
        "figure": frozen.plain(line),
        "chart": frozen.plain(report.chart(line.id)),
    }
    return frozen.canonical(said)
