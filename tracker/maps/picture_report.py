"""A report for briefs: one HTML file with map, changes and areas, to be read, printed or mailed."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tracker.errors import UsageError
from tracker.files import written_whole
from tracker.layers import LayerDiff, area_series, diff_layers
from tracker.maps.framing import first_shown
from tracker.maps.options import DEFAULT_DOUBT, DEFAULT_METHOD
from tracker.maps.picture_style import PictureOptions, Sides
from tracker.maps.pictures import figure_bytes, needs_matplotlib, picture_bytes
from tracker.maps.safe import escaped, web_link
from tracker.model import Actor, BaseShape, ClaimQuote, Layer

__all__ = ["write_report"]

_STATUS_WORDS = {
    None: "no report", "silent": "no report", "contested": "contested", "shared": "held jointly",
    "one_of": "one of several sides", "unknown": "holder not known",
}  # fmt: skip
_QUOTES = 3  # of each change; the map page has all
_STYLE = """
body{font:16px/1.45 system-ui,sans-serif;color:#26231f;background:#fff;max-width:72rem;margin:2rem auto;padding:0 1rem}
h1{margin:0 0 .2rem}h2{margin:2rem 0 .5rem}.quiet{color:#6a635a}img{max-width:100%;height:auto}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;
border-bottom:1px solid #d9d4ca}th{border-bottom:2px solid #7c736a}td.n,th.n{text-align:right;white-space:nowrap}
blockquote{margin:.3rem 0 .3rem .6rem;padding-left:.6rem;border-left:3px solid #d9d4ca;font-size:.9rem}
.chip{display:inline-block;width:.8em;height:.8em;border:1px solid #26231f;margin-right:.35em}
@media print{body{margin:0;max-width:none}tr,img{break-inside:avoid}}
"""


def write_report(
    layer: Layer,
    path: str | Path,
    *,
    actors: Mapping[str, Actor],
    title: str,
    first: dt.date | None = None,
    last: dt.date | None = None,
    base: Sequence[BaseShape] = (),
    options: PictureOptions | None = None,
) -> Path:
    """
    Write an HTML report of what changed between two days and return its path.

    It holds the map of the last day, a table of changes with the sentences behind
    them, each side's balance, and the chart of areas. It is one file, with no script and
    no request; all text of reports stands in it as text.

    Parameters
    ----------
    layer
        A span of days (of one day, changes and chart are left out).
    first, last
        Days to compare; None: the day of the first report, and the last of the layer.

    Raises
    ------
    UsageError
        If `last` is not after `first`.
    MissingToolError
        If matplotlib (extra ``pictures``) is not installed.
    OutputError
        If it can't be written; nothing is left half-written.
    """
    needs_matplotlib()
    diff = diff_layers(layer, layer, from_day=first or _first_report(layer, last), to_day=last)
    if diff.before is not None and diff.after is not None and diff.after < diff.before:
        raise UsageError(f"the report would end ({diff.after}) before it starts ({diff.before}).")
    sides = Sides(actors, layer)
    day = diff.after
    picture = picture_bytes(layer, "png", actors=actors, title=title, on=day, base=base, options=options)
    body = [
        f"<h1>{escaped(title)}</h1>",
        f'<p class="quiet">{escaped(_span(layer, diff))}</p>',
        f'<p><img alt="{escaped(_described(diff, sides))}" src="data:image/png;base64,{_base64(picture)}"></p>',
        *_balance(diff, sides),
        *_chart(layer, sides),
        *_changes(diff, sides),
        f"<h2>Method and doubt</h2><p>{escaped(DEFAULT_METHOD)}</p><p>{escaped(DEFAULT_DOUBT)}</p>",
        *(f"<p>{escaped(note)}</p>" for note in layer.notes),
    ]
    text = _page(title, "\n".join(body))
    with written_whole(path) as temporary:
        temporary.write_bytes(text.encode("utf-8", "replace"))
    return Path(path)


def _first_report(layer: Layer, last: dt.date | None) -> dt.date | None:
    """
    Return the day of the first report, since when the map is somebody's news; None when it isn't within the span.

    States begin earlier ("held since 2014"), when nothing else was told: against that day all would be new.
    """
    told = [quote.published for feature in layer.features for quote in feature.claims if quote.published]
    day = min(told, default=None)
    if layer.on is not None or day is None or layer.start is None or day < layer.start:
        return None
    end = last or layer.end
    return None if end is not None and day >= end else day


def _page(title: str, body: str) -> str:
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escaped(title)}</title><style>{_STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def _span(layer: Layer, diff: LayerDiff) -> str:
    if layer.on is not None or diff.before is None or diff.after is None:
        told = f"On {layer.on}" if layer.on else "No state is dated"
    else:
        told = f"From {diff.before} to {diff.after}"
    return told + (f", as known by {layer.known_by}" if layer.known_by else "")


def _described(diff: LayerDiff, sides: Sides) -> str:
    """Return the map in words, for those who can't see it."""
    rows = sorted(diff.balance.items(), key=lambda item: (-item[1].after.km2, item[0]))
    held = ", ".join(f"{_named(k, sides)} {b.after.km2:,.0f} km²" for k, b in rows if b.after.places)
    return f"Map of control on {diff.after}: {held or 'no state on this day'}."


def _balance(diff: LayerDiff, sides: Sides) -> Iterator[str]:
    if not diff.balance:
        return
    yield "<h2>Who holds how much</h2><table><thead><tr><th>Side</th>"
    yield '<th class="n">km² before</th><th class="n">won</th><th class="n">lost</th>'
    yield '<th class="n">first told</th><th class="n">km² now</th>'
    yield '<th class="n">places before</th><th class="n">places now</th></tr></thead><tbody>'
    for key, b in sorted(diff.balance.items(), key=lambda item: (-item[1].after.km2, item[0])):
        figures = (b.before.km2, b.won_km2, b.ceded_km2, b.news_km2, b.after.km2)
        cells = "".join(f'<td class="n">{figure:,.1f}</td>' for figure in figures)
        counts = f'<td class="n">{b.before.places}</td><td class="n">{b.after.places}</td>'
        yield f"<tr><td>{_chip(key, sides)}{escaped(_named(key, sides))}</td>{cells}{counts}</tr>"
    yield "</tbody></table>"
    yield '<p class="quiet">Won and lost: from and to another side, or in and out of dispute. First told: ground of '
    yield "which no report spoke before, less that of which none speaks any more; nothing need have changed there.</p>"


def _chart(layer: Layer, sides: Sides) -> Iterator[str]:
    series = area_series(layer) if layer.on is None else []
    if len(series) > 1:
        from tracker.maps.picture_chart import chart_figure  # noqa: PLC0415  needs the extra

        chart = figure_bytes(chart_figure(series, sides, first=first_shown(layer)), "png")
        yield '<h2>Areas over time</h2><p><img alt="Chart of km² by side over time; the table above has the last day." '
        yield f'src="data:image/png;base64,{_base64(chart)}"></p>'


def _changes(diff: LayerDiff, sides: Sides) -> Iterator[str]:
    if diff.before == diff.after:
        return
    yield "<h2>What changed</h2>"
    if not diff.changes and not diff.sieges:
        yield "<p>Nothing changed between the two days.</p>"
        return
    yield '<table><thead><tr><th>Place</th><th>From</th><th>To</th><th class="n">km²</th>'
    yield "<th>Reports say</th></tr></thead><tbody>"
    for c in sorted(diff.changes, key=lambda c: (-c.area_km2, c.place_id, c.part or "")):
        place = f"{c.name} ({c.part})" if c.part else c.name
        yield (
            f"<tr><td>{escaped(place)}</td><td>{_turn(c.before, c.before_sides, sides)}</td>"
            f'<td>{_turn(c.after, c.after_sides, sides)}</td><td class="n">{c.area_km2:,.1f}</td>'
            f"<td>{''.join(map(_quote, _best(c.claims)))}</td></tr>"
        )
    for s in diff.sieges:
        place = f"{s.name} ({s.part})" if s.part else s.name
        by = f" by {sides.name(s.besieger)}" if s.besieger else ""
        told = f"siege{by} begun" if s.begun else f"siege{by} ended"
        yield f'<tr><td>{escaped(place)}</td><td colspan="4">{escaped(told)}</td></tr>'
    yield "</tbody></table>"


def _best(claims: Sequence[ClaimQuote]) -> list[ClaimQuote]:
    """Return the newest sentences for a state."""
    told = [claim for claim in claims if claim.stance == "for"]
    return sorted(told, key=lambda c: (c.published or dt.date.min, c.claim_id), reverse=True)[:_QUOTES]


def _quote(claim: ClaimQuote) -> str:
    source = ", ".join(filter(None, (claim.source, claim.published.isoformat() if claim.published else None)))
    link = web_link(claim.url) if claim.url else None
    told = escaped(source or "source not named")
    if link:
        told = f'<a rel="noopener noreferrer" href="{escaped(link)}">{told}</a>'
    return f'<blockquote>{escaped(claim.quote)} <span class="quiet">{told}</span></blockquote>'


def _turn(key: str | None, members: Sequence[str], sides: Sides) -> str:
    if key is None:
        return '<span class="quiet">no report</span>'
    if key in _STATUS_WORDS:
        names = " / ".join(sides.name(side) for side in members)
        return escaped(_STATUS_WORDS[key] + (f": {names}" if names else ""))
    return _chip(key, sides) + escaped(sides.name(key))


def _named(key: str, sides: Sides) -> str:
    return _STATUS_WORDS.get(key) or sides.name(key)


def _chip(key: str, sides: Sides) -> str:
    if key in _STATUS_WORDS:
        return ""
    return f'<span class="chip" style="background:{sides.tint(key, 0.9)}"></span>'


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
