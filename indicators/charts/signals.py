"""Small pictures of the four signals, each of made-up values that the rules themselves are asked about."""

from dataclasses import dataclass
from functools import lru_cache

from indicators.analysis.signals import Limits, SpecialCause, signals
from indicators.charts import palette
from indicators.charts.svg import n

WIDTH, HEIGHT, MARGIN = 240, 120, 10.0
LIMITS = Limits(50.0, 20.0, 80.0)
LOW, HIGH = 5.0, 95.0


@dataclass(frozen=True, slots=True)
class SignalPicture:
    """A rule with its picture: safe SVG, hidden from screen readers, since the words say the same."""

    title: str
    words: str
    svg: str


RULES: tuple[tuple[str, str, tuple[float, ...]], ...] = (
    (
        "Outside the usual range",
        "One figure is above or below the usual range.",
        (46, 58, 41, 55, 49, 60, 44, 53, 47, 90),
    ),
    (
        "Seven on one side",
        "Seven figures or more in a row lie on one side of the average.",
        (55, 42, 46, 58, 63, 56, 67, 60, 57, 64),
    ),
    (
        "Seven rising or falling",
        "Seven figures or more each lie above the one before, or each below it.",
        (55, 47, 54, 30, 36, 42, 48, 55, 62, 69),
    ),
    (
        "Two of three far out",
        "Of three in a row on one side of the average, two lie in the outer third of the usual range or beyond it.",
        (46, 55, 43, 58, 48, 41, 54, 75, 60, 77),
    ),
)


@lru_cache(maxsize=1)
def signal_pictures() -> tuple[SignalPicture, ...]:
    """The four rules in the order in which they are asked, each with a picture."""
    return tuple(SignalPicture(title, words, picture(values)) for title, words, values in RULES)


def picture(values: tuple[float, ...]) -> str:
    """Values in a row between their limits: those that a rule picks out as squares, the others as dots."""
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    spots = [(MARGIN + index * step, height(value)) for index, value in enumerate(values)]
    found = signals(values, LIMITS)
    line = " ".join(f"{n(x)},{n(y)}" for x, y in spots)
    marks = (
        dot(x, y) if cause is SpecialCause.NONE else square(x, y) for (x, y), cause in zip(spots, found, strict=True)
    )
    return (
        f'<svg class="csa-signal__svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'aria-hidden="true" focusable="false">'
        f"{band()}{across(LIMITS.mean or 0, palette.DARK_GREY)}"
        f'<polyline points="{line}" fill="none" stroke="{palette.DARK_BLUE}" stroke-width="2" stroke-linejoin="round"/>'
        f"{''.join(marks)}</svg>"
    )


def height(value: float) -> float:
    return HEIGHT - MARGIN - (value - LOW) / (HIGH - LOW) * (HEIGHT - 2 * MARGIN)


def band() -> str:
    """The usual range between its two dashed limits."""
    top, bottom = height(LIMITS.upl or 0), height(LIMITS.lpl or 0)
    area = f'<rect x="0" y="{n(top)}" width="{WIDTH}" height="{n(bottom - top)}" fill="{palette.GRID}"/>'
    dashes = ' stroke-dasharray="6 4"'
    return area + "".join(across(limit or 0, palette.GREY, dashes) for limit in (LIMITS.upl, LIMITS.lpl))


def across(value: float, colour: str, dashes: str = "") -> str:
    y = n(height(value))
    return f'<line x1="0" y1="{y}" x2="{WIDTH}" y2="{y}" stroke="{colour}" stroke-width="1"{dashes}/>'


def dot(x: float, y: float) -> str:
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="3.5" fill="{palette.DARK_BLUE}"/>'


def square(x: float, y: float) -> str:
    """As charts mark a change of which neither way is better."""
    return f'<rect x="{n(x - 6)}" y="{n(y - 6)}" width="12" height="12" fill="{palette.DARK_BLUE}"/>'
