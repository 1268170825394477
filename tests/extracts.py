"""Files of figures received and used, for tests."""

import io
from typing import Any

from accounts.models import AuditEvent, User
from indicators.extracts.apply import apply, receive
from indicators.extracts.current import plan_of
from indicators.extracts.storage import path_of
from indicators.models import DataChange, Extract, Observation

HEADER = "indicator,area_code,period_start,period_end,value,status,source_edition,note\n"
AUTUMN = "calls,E10000099,2018-10-01,2018-12-31,{},final,returns-2019,From the return.\n"
WINTER = "calls,E10000099,2019-01-01,2019-03-31,{},provisional,,\n"
# The second revises what the first says of the autumn, and adds the winter.
FIRST = HEADER + AUTUMN.format(700)
SECOND = HEADER + WINTER.format(1200) + AUTUMN.format(712)


def received(text: str, name: str, actor: User | str = "Tests") -> Extract:
    return receive(source=io.BytesIO(text.encode()), original_name=name, actor=actor)


def use(text: str, name: str, actor: User | str = "Tests") -> Extract:
    extract = received(text, name, actor)
    apply(extract=extract, checksum=plan_of(path_of(extract.sha256)).checksum, actor=actor)
    return Extract.objects.get(pk=extract.pk)


def everything() -> list[list[dict[str, Any]]]:
    """Every row of everything that extracts and their use write."""
    models = (Extract, DataChange, Observation, AuditEvent)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def standing() -> dict[str, tuple[int, str, int]]:
    """Every open figure by the end of its period: value, file and line."""
    return {
        f"{figure.period_end}": (int(figure.value or 0), figure.extract.original_name, figure.line)
        for figure in Observation.objects.filter(until=None).select_related("extract")
    }
