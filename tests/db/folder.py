"""A small agreement as a folder of files, for tests: one priority, one action, two figures."""

from pathlib import Path

FILES = {
    "agreement.toml": """
[agreement]
slug = "small"
name = "A small agreement"
area = "E10000016"
starts = 2018-04-01
ends = 2019-03-31
partnership = "A partnership"
governing_group = "Governing group"
working_group = "Working group"

[[cycles]]
slug = "2019-03"
title = "March 2019"
period_start = 2018-02-01
period_end = 2019-01-31
progress_to = 2019-03-31
key_messages = ["Fewer reports."]

[[cycles.concerns]]
priority = "anti-social-behaviour"
text = "Public order."

[[cycles.decisions]]
question = "Shall it go on?"
asked_by = "Working group"

[[acronyms]]
short = "ASB"
long = "Anti-social behaviour"
""",
    "partners.toml": """
[[partners]]
slug = "kent-police"
name = "Kent Police"
short_name = "Kent Police"
kind = "police"

[[partners]]
slug = "kcc"
name = "Kent County Council"
short_name = "KCC"
kind = "council"

[[partners]]
slug = "kfrs"
name = "Kent Fire and Rescue Service"
short_name = "KFRS"
kind = "fire"

[[partners]]
slug = "kcst"
name = "Kent Community Safety Team"
short_name = "KCST"
kind = "group"
""",
    "areas.toml": """
[[areas]]
code = "E23000032"
name = "Kent and Medway"
kind = "force"

[[areas]]
code = "E10000016"
name = "Kent"
kind = "county"
parent = "E23000032"
""",
    "sources.toml": """
[[sources]]
slug = "chief-constable"
publisher = "Kent Police"
name = "Report"
kind = "management-information"

[[editions]]
slug = "report-2019"
source = "chief-constable"
title = "Report, March 2019"
""",
    "indicators.toml": """
[[indicators]]
slug = "asb-incidents"
name = "Anti-social behaviour reports"
short_name = "ASB reports"
definition = "Calls that report it."
counted = "report"
counted_plural = "reports"
frequency = "rolling-year"
polarity = "neither"
source = "chief-constable"
area = "E23000032"
sensitivity = "standard"
owner = "kent-police"
checker = "kcc"
next_review = 2020-03-31

[[breaks]]
slug = "recording"
indicators = ["asb-incidents"]
date = 2016-04-01
first_comparable = 2016-04-01
kind = "recording-practice"
title = "Recording changed"
reason = "It changed."
evidence = "report-2019"

[[new_starts]]
indicator = "asb-incidents"
date = 2018-02-01
reason = "Another call centre."

[[events]]
slug = "campaign"
indicators = ["asb-incidents"]
starts = 2018-10-01
ends = 2018-10-07
kind = "campaign"
title = "A campaign"
evidence = "report-2019"

[[stated_changes]]
indicator = "asb-incidents"
area = "E23000032"
period_start = 2018-02-01
period_end = 2019-01-31
against_start = 2017-02-01
against_end = 2018-01-31
percent = "-20.7"
edition = "report-2019"
""",
    "priorities.toml": """
[[priorities]]
slug = "anti-social-behaviour"
number = 1
title = "Anti-Social Behaviour"
summary = "Less of it."

[[priorities.indicators]]
indicator = "asb-incidents"
role = "main"
order = 1
""",
    "actions.toml": """
[[actions]]
key = "ab1"
priority = "anti-social-behaviour"
title = "Share good practice"
lead = "kcc"
partners = ["kcc", "kent-police"]

[[actions.milestones]]
title = "Review"
due_text = "April 2019"

[[actions.outputs]]
name = "Newsletters"
unit = "newsletters"
actual = "4"

[actions.progress."2019-03"]
status = "not-stated"
text = "Four newsletters."
""",
    "summaries/anti-social-behaviour.md": "There were [[asb-incidents year to January 2019]] reports.[^report-2019]\n",
    "summaries/introduction.md": "Read with care.\n",
    "observations/report.csv": (
        "indicator,area_code,period_start,period_end,value,source_edition\n"
        "asb-incidents,E23000032,2017-02-01,2018-01-31,39355,report-2019\n"
        "asb-incidents,E23000032,2018-02-01,2019-01-31,31204,report-2019\n"
    ),
}


def write_folder(folder: Path) -> Path:
    """The small agreement, written into a folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return folder


def replace(path: Path, old: str, new: str) -> int:
    """Replace a text that stands once in a file; the line it stood on."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
