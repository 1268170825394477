"""A line the size of a word, for tables."""

from indicators.analysis.series import WHOLE, Series
from indicators.charts import palette

# A shorter line would suggest more than it shows.
FEWEST = 5
MOST = 20
MARGIN = 4.0


def sparkline(series: Series, *, width: int = 120, height: int = 32) -> str:
    """Inline SVG of the last figures that compare with the latest, hidden from screen readers; empty where
    fewer than five do. It starts at zero and carries no numbers: they stand beside it."""
    trend = series.trend()
    latest = trend.latest()
    if latest is None:
        return ""
    values = [float(p.value or 0) for p in trend.since_break(latest.period) if p.status in WHOLE][-MOST:]
    if len(values) < FEWEST:
        return ""
    high = max(values) or 1.0
    step = (width - 2 * MARGIN) / (len(values) - 1)
    spots = [
        (MARGIN + index * step, height - MARGIN - value / high * (height - 2 * MARGIN))
        for index, value in enumerate(values)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    x, y = spots[-1]
    return (
        f'<svg class="sparkline" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'aria-hidden="true" focusable="false">'
        f'<polyline points="{line}" fill="none" stroke="{palette.DARK_BLUE}" stroke-width="2" '
        'stroke-linejoin="round"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{palette.DARK_BLUE}"/></svg>'
    )
