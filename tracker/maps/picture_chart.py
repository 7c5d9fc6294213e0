"""The chart of areas over time: who held how many km² when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from tracker.layers import Holding
from tracker.maps import picture_style as style
from tracker.maps.picture_style import Sides, mix

__all__ = ["Series", "chart_figure", "draw_chart"]

Days = npt.NDArray[np.datetime64]
Floats = npt.NDArray[np.float64]
Series = Sequence[tuple[dt.date, dict[str, Holding]]]

_NO_HOLDER = ("contested", "shared", "one_of", "unknown")
_HATCHES = {"contested": "////", "shared": "----", "one_of": "||||", "unknown": "...."}


def draw_chart(
    axes: Axes,
    series: Series,
    sides: Sides,
    *,
    on: dt.date | None = None,
    first: dt.date | None = None,
    small: bool = False,
) -> None:
    """
    Draw areas as stacked steps: between two days of change nothing changes.

    Parameters
    ----------
    series
        Days in order with holdings, as `tracker.layers.area_series` gives them.
    on
        A day to mark, None for no mark.
    first
        Day on which the chart starts, None for the first of the series.
    small
        Fewer ticks, for a chart inside a picture.
    """
    days, bands = _bands(series)
    begun: Any = days[0] if first is None else max(days[0], min(np.datetime64(first), days[-2]))
    size = 7 if small else 9
    floor = np.zeros(len(days))
    for key, values in bands:
        top = floor + values
        named = key not in _NO_HOLDER
        face = sides.tint(key, 0.9) if named else style.LAND
        edge = mix(sides.colour(key), style.INK, 0.72) if named else style.QUIET
        axes.fill_between(
            days, floor, top, step="post", facecolor=face, edgecolor=edge, linewidth=0.5, hatch=_HATCHES.get(key)
        )
        floor = top
    if on is not None:
        axes.plot(
            np.array([on, on], dtype="datetime64[D]"),
            [0, 1],
            transform=axes.get_xaxis_transform(),
            color=style.INK,
            linewidth=1.1,
        )
    axes.set_xlim(begun, days[-1])
    axes.set_ylim(0, max(float(floor.max()), 1e-9) * 1.05)
    ticks = _ticks(begun.astype(dt.date), days[-1].astype(dt.date), 3 if small else 8)
    axes.set_xticks([np.datetime64(day) for day, _ in ticks], labels=[label for _, label in ticks])
    axes.yaxis.set_major_locator(MaxNLocator(3 if small else 6))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.tick_params(labelsize=size, colors=style.QUIET, length=2)
    for name in ("top", "right"):
        axes.spines[name].set_visible(False)
    axes.set_title("km² over time", fontsize=size + 2, loc="left", color=style.INK, fontweight="bold")


def chart_figure(
    series: Series, sides: Sides, *, first: dt.date | None = None, width_px: int = 1100, height_px: int = 380
) -> Figure:
    """Return the chart as a figure of its own, with a legend."""
    figure = Figure(figsize=(width_px / 100, height_px / 100), dpi=100, facecolor="white")
    axes = figure.add_axes((0.07, 0.12, 0.71, 0.76))
    draw_chart(axes, series, sides, first=first)
    rows = [
        Patch(
            facecolor=sides.tint(key, 0.9) if key not in _NO_HOLDER else style.LAND,
            edgecolor=style.QUIET,
            hatch=_HATCHES.get(key),
            label=sides.name(key),
        )
        for key, _ in reversed(_bands(series)[1])
    ]
    legend = axes.legend(handles=rows[:14], loc="upper left", bbox_to_anchor=(1.01, 1.02), frameon=False, fontsize=9)
    for text in legend.get_texts():
        text.set_parse_math(False)
    return figure


def _bands(series: Series) -> tuple[Days, list[tuple[str, Floats]]]:
    """Return the days and a row of km² for each key: named sides by their largest area, then what nobody holds."""
    days = np.array([day for day, _ in series], dtype="datetime64[D]")
    keys = {key for _, holdings in series for key in holdings}
    none = Holding(0.0, 0)
    rows = {key: np.array([holdings.get(key, none).km2 for _, holdings in series]) for key in keys}
    ranked = sorted(rows, key=lambda key: (key in _NO_HOLDER, -float(rows[key].max()), key))
    # The last day's step is given some width, so that the last change can be seen.
    days = np.append(days, days[-1] + max(7, int((days[-1] - days[0]).astype(int)) // 40))
    rows = {key: np.append(row, row[-1]) for key, row in rows.items()}
    return days, [(key, rows[key]) for key in ranked]


def _ticks(first: dt.date, last: dt.date, most: int) -> list[tuple[dt.date, str]]:
    """Return at most so many round days within a span, with labels: years, months, or days for a short one."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    for step in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600):
        days = [dt.date(m // 12, m % 12 + 1, 1) for m in months if m % step == 0]
        inside = [day for day in days if first <= day <= last]
        if len(inside) <= most:
            break
    if len(inside) > 1:
        return [(day, f"{day:%Y}" if step >= 12 else f"{day:%b %Y}") for day in inside]
    count = max(2, min(most, (last - first).days + 1))
    spread = sorted({first + (last - first) * k // (count - 1) for k in range(count)})
    return [(day, f"{day.day} {day:%b %Y}") for day in spread]
