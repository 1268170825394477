"""A small register and small files, for the tests of what a file means."""

import io
from decimal import Decimal

from indicators.extracts.checking import Checked, check
from indicators.extracts.findings import Finding
from indicators.extracts.formats import native
from indicators.extracts.plan import Held, Plan, plan
from indicators.extracts.reading import read
from indicators.extracts.register import KnownArea, KnownIndicator, Register
from indicators.extracts.rows import Key

HEADER = "indicator,area_code,period_start,period_end,value"
ASB = "asb-incidents,E23000032,2018-02-01,2019-01-31,31204"

REGISTER = Register(
    indicators=(
        KnownIndicator("asb-incidents", "Anti-social behaviour reports", "ASB reports", "count", sheltered=True),
        KnownIndicator("ksi-casualties", "Killed or seriously injured", "KSI", "count", sheltered=False),
        KnownIndicator("victims", "Share of victims", "Victims", "percentage", sheltered=False),
        KnownIndicator("ksi-rate", "KSI rate", "KSI", "rate", sheltered=False),
        KnownIndicator("cost", "Cost", "Cost", "money", sheltered=False),
    ),
    areas=(
        KnownArea("E23000032", "Kent and Medway", ("Kent Police",)),
        KnownArea("E10000016", "Kent", ("KCC",)),
        KnownArea("E07000112", "Folkestone and Hythe", ("Shepway",), below_county=True),
        KnownArea("E07000113", "Swale", (), below_county=True),
    ),
    editions=frozenset({"csa-report-2019-03"}),
)


def checked(*lines: str, header: str = HEADER) -> Checked:
    """What comes of these rows under a header."""
    text = "\n".join([header, *lines])
    return check(native.rows(read(io.BytesIO(text.encode())), REGISTER), REGISTER)


def findings(*lines: str, header: str = HEADER) -> list[Finding]:
    return list(checked(*lines, header=header).findings)


def finding(*lines: str, header: str = HEADER) -> Finding:
    """The only finding."""
    (found,) = findings(*lines, header=header)
    return found


def planned(*lines: str, header: str = HEADER, held: Plan | None = None) -> Plan:
    """The plan of these rows where the figures of an earlier plan are held."""
    found = checked(*lines, header=header)
    rows = {step.key: Held(pk, step.figure) for pk, step in enumerate(held.steps, 1)} if held else {}
    return plan(found.rows, rows, found.findings, read=found.read, format="native")


def values(plan_: Plan) -> dict[Key, Decimal | None]:
    return {step.key: step.figure.value for step in plan_.steps}
