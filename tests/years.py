"""Files of a new agreement year, and the plan of tests/plan.py ready for one."""

from datetime import date
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from accounts.models import User
from actions.models import Milestone, Output
from actions.services import save_progress
from priorities.models import Agreement, PriorityIndicator
from priorities.states import State
from priorities.summaries import save_summary
from tests.held import indicator
from tests.plan import Plan, draw_plan, put

HEAD = """
[agreement]
slug = "test-2019-20"
name = "Test Agreement 2019/20"
follows = "test-2018-19"
starts = 2019-04-01
ends = 2020-03-31
"""
SPLIT = """
[[priorities]]
slug = "road-safety"
number = 1
title = "Safer Roads"
origins = ["road-safety"]
actions = ["rs1"]

[[priorities]]
slug = "young-drivers"
number = 2
title = "Young Drivers"
origins = ["road-safety"]
note = "Young drivers were part of Road Safety before."
actions = ["rs2"]
no_indicator_reason = "Nothing counts them yet."

[[priorities]]
slug = "hate"
number = 3
title = "Hate"
origins = ["hate"]
actions = ["ha1"]
"""
NEW = """
[[actions]]
key = "new1"
priority = "young-drivers"
title = "Talk to parents"
lead = "test-police"
partners = ["test-fire"]
supports = ["hate"]
"""
MERGED = """
[[priorities]]
slug = "safe-places"
number = 1
title = "Safe Places"
origins = ["hate", "road-safety"]
actions = ["ha1", "rs1"]

[[priorities]]
slug = "arson"
number = 2
title = "Arson"
summary = "Fewer fires."
no_indicator_reason = "None is agreed yet."
"""


def plan_with_indicators() -> Plan:
    """The plan with main, supporting and context indicators, December issued."""
    plan = draw_plan()
    put(plan.december, State.PUBLIC)
    for priority, name, role in (
        (plan.road_safety, "deaths", "main"),
        (plan.road_safety, "casualties", "supporting"),
        (plan.hate, "hate-incidents", "main"),
        (plan.hate, "deaths", "context"),
    ):
        made = indicator(name) if not PriorityIndicator.objects.filter(indicator__slug=name) else None
        found = made or PriorityIndicator.objects.get(indicator__slug=name, role="main").indicator
        PriorityIndicator.objects.create(priority=priority, indicator=found, role=role)
    return plan


def run(tmp_path: Path, text: str, who: str = "chris@example.invalid", *arguments: str) -> str:
    file, said = tmp_path / "year.toml", StringIO()
    file.write_text(text)
    call_command("new_agreement_year", file, "--as", who, *arguments, stdout=said)
    return said.getvalue()


def begun(plan: Plan, chris: User, tmp_path: Path, text: str = HEAD + SPLIT) -> Agreement:
    """The new year, after rs1 was updated in March and Hate described, and March was issued."""
    save_progress(
        action=plan.rs1,
        cycle=plan.march,
        text="As of March.",
        status="behind",
        nothing_new=False,
        expected_version=0,
        actor="Ann",
    )
    for priority, words in ((plan.hate, "Hate."), (plan.road_safety, "Roads."), (None, "Crime.")):
        save_summary(cycle=plan.march, priority=priority, text=words, expected_version=0, actor="Ann")
    Milestone.objects.create(action=plan.rs1, title="Draft", due=date(2019, 3, 1))
    Milestone.objects.create(action=plan.rs1, title="Kick-off", due=date(2018, 5, 1), done=True)
    Output.objects.create(action=plan.rs1, name="Pupils", unit="pupils", expected=1500)
    Output.objects.create(action=plan.rs1, name="Leaflets", unit="leaflets", actual=3)
    plan.rs1.supports.add(plan.hate)
    put(plan.march, State.ISSUED)
    run(tmp_path, text)
    return Agreement.objects.get(slug="test-2019-20")
