"""The review queue as a page without scripts, and judgements that come back from it."""

from __future__ import annotations

import datetime as dt
import hmac
import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from tracker.errors import TrackerError
from tracker.exports.claim_rows import web_link
from tracker.model import Judgement, Verdict
from tracker.serve.asking import ProblemError
from tracker.serve.pages import framed

if TYPE_CHECKING:
    from tracker.states import ReviewItem

__all__ = ["MOST_BYTES", "body_of", "check_token", "recorded", "review_page"]

MOST_BYTES = 16_384  # of a judgement; a note of three pages fits
_FORM = "application/x-www-form-urlencoded"
_FIELDS = ("target", "verdict", "by", "note", "corrections", "token")


def review_page(queue: Sequence[ReviewItem], *, writable: bool) -> str:
    """Return the queue as a page; with forms when judgements are taken."""
    body = "\n".join(_article(item, writable=writable) for item in queue) or "<p>Nothing wants a decision.</p>"
    how = "Sign with your name and the server's token." if writable else "This server is read-only."
    return framed("Review", f"<h1>Claims that want a decision</h1><p>{how}</p>{body}")


def _article(item: ReviewItem, *, writable: bool) -> str:
    claim = item.claim
    said = f"{claim.kind}: {claim.actor or 'nobody named'} at {claim.place.name or claim.place.text}"
    if claim.part:
        said += f" ({claim.part})"
    source = f"{claim.source or 'source not named'}, {claim.published or 'undated'}"
    if item.grade:
        source += f", graded {item.grade}"
    figures = f"{claim.claim_id}; effect {item.effect:.2f}, doubt {item.doubt:.2f}; "
    figures += f"{claim.valid_time or 'undated'}, {claim.modality}"
    address = web_link(claim.url)
    linked = f' <a rel="noreferrer noopener" href="{escape(address)}">report</a>' if address else ""
    lines = [
        f"<article><h2>{escape(said)}</h2>",
        f'<p class="meta">{escape(figures)}</p>',
        f"<blockquote>{escape(claim.quote)}</blockquote>",
        f'<p class="meta">{escape(source)}{linked}</p>',
        *([f"<p>With it: {escape(item.now)}</p>"] if item.now else []),
        f"<p>Without it: {escape(item.without)}</p>",
    ]
    if writable:
        lines.append(_form(claim.claim_id))
    return "".join(lines) + "</article>"


def _form(target: str) -> str:
    return (
        '<form method="post" action="/review/judgements">'
        f'<input type="hidden" name="target" value="{escape(target)}">'
        '<input name="by" placeholder="Your name" aria-label="Your name" required maxlength="80">'
        '<input name="note" placeholder="Why" aria-label="Why" maxlength="500">'
        '<input name="token" type="password" placeholder="Token" aria-label="Token" required autocomplete="off">'
        '<button name="verdict" value="accept">Accept</button><button name="verdict" value="reject">Reject</button>'
        "</form>"
    )


def body_of(body: bytes, kind: str) -> dict[str, Any]:
    """
    Return the fields of a judgement that came as JSON or from a form.

    Raises
    ------
    ProblemError
        If it is neither, or has other fields.
    """
    if kind not in ("application/json", _FORM):
        raise ProblemError(415, "UnsupportedMediaType", "send JSON or a form")
    try:
        if kind == "application/json":
            told = json.loads(body)
        else:
            fields = parse_qs(body.decode("utf-8"), max_num_fields=len(_FIELDS), strict_parsing=True)
            told = {key: values[0] for key, values in fields.items()}
    except (ValueError, RecursionError):
        raise ProblemError(400, "InvalidBody", "the judgement can't be read") from None
    if not isinstance(told, dict) or not set(told).issubset(_FIELDS):
        raise ProblemError(400, "InvalidBody", f"a judgement has {', '.join(_FIELDS[:-1])}")
    return told


def check_token(given: object, token: str) -> None:
    """
    Stop who doesn't know the token.

    Raises
    ------
    ProblemError
        With status 401.
    """
    if not (isinstance(given, str) and hmac.compare_digest(given.encode(), token.encode())):
        raise ProblemError(401, "Unauthorized", "judgements need the token that the server was started with")


def recorded(path: Path | str, told: Mapping[str, Any], now: dt.datetime) -> Judgement:
    """
    Append a judgement to the ledger and return it.

    Raises
    ------
    ProblemError
        If a field is missing or no such thing, or the ledger knows no such claim or judgement.
    """
    from tracker.ledger import make_judgement, open_ledger  # noqa: PLC0415 - a stage is imported when it is asked for
    from tracker.states import apply_judgements  # noqa: PLC0415 - as above

    target, verdict, by = (_text(told, key) for key in ("target", "verdict", "by"))
    if verdict not in set(Verdict):
        raise ProblemError(400, "InvalidBody", f"verdict is {', '.join(Verdict)}, not {verdict[:40]!r}")
    changes = _corrections(told.get("corrections"))
    if bool(changes) != (verdict == Verdict.CORRECT):
        raise ProblemError(400, "InvalidBody", "correct needs corrections, and only correct takes them")
    note = told.get("note") or None
    if note is not None and not isinstance(note, str):
        raise ProblemError(400, "InvalidBody", "note is a text")
    judgement = make_judgement(target, Verdict(verdict), by=by, on=now, corrections=changes, note=note)
    with open_ledger(path) as ledger:
        if verdict == Verdict.UNDO:
            known = target in {j.judgement_id for j in ledger.judgements()}
        else:
            claims = [c for c in ledger.claims() if c.claim_id == target]
            known = bool(claims)
            try:
                apply_judgements(claims, [judgement])  # refuses fields and values that can't be
            except TrackerError as error:
                raise ProblemError(400, "InvalidBody", str(error)) from None
        if not known:
            raise ProblemError(404, "NotFound", f"the ledger has no {target[:80]!r}")
        ledger.judge(judgement)
    return judgement


def _text(told: Mapping[str, Any], key: str) -> str:
    value = told.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ProblemError(400, "InvalidBody", f"{key} is missing")
    return value.strip()


def _corrections(told: object) -> dict[str, str | None]:
    if told is None or told == "":
        return {}
    if not isinstance(told, dict) or not all(value is None or isinstance(value, str) for value in told.values()):
        raise ProblemError(400, "InvalidBody", "corrections is an object of texts")
    return {str(key): value for key, value in told.items()}
