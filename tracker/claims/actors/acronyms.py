"""
Short forms that a text gives a side: in brackets, "the Dolna Defence Brigades (DDB)", then "the DDB".

Of a name that no file lists, its first letters do without brackets: "the Morlan National Movement", then "the MNM".
What a text calls by both has both for its id, so that reports which use only one of them speak of the same side.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from tracker.claims.actors.data import Form
from tracker.claims.actors.mentions import ActorMention

__all__ = ["named_in_full", "with_acronyms"]

_BRACKET = re.compile(r" ?\(([A-Z][A-Za-z]{0,2}[A-Z]{1,6})s?\)")
_NAMED = frozenset({Form.NAME, Form.UNKNOWN})
_ALONE = re.compile(r"\b[A-Z]{3,7}\b")
_SHORTEST = 3  # letters of a short form that nothing else explains


def with_acronyms(text: str, mentions: Sequence[ActorMention]) -> list[ActorMention]:
    """
    Return the mentions with those that are named by a short form which the text has set beside a name.

    The short form must begin as the name does and be known to nobody else.

    Examples
    --------
    >>> text = "The Dolna Defence Brigades (DDB) came. The DDB left."
    >>> name = ActorMention(start=4, end=26, text="Dolna Defence Brigades", actor_id="other:dolna", form=Form.NAME)
    >>> [mention.text for mention in with_acronyms(text, [name])]
    ['Dolna Defence Brigades', 'DDB', 'DDB']
    """
    mentions = _with_initials(text, mentions)
    if "(" not in text:
        return list(mentions)
    taken = {mention.start for mention in mentions}
    short: dict[str, ActorMention] = {}
    for mention in mentions:
        found = _in_brackets(text, mention)
        if found is not None and found.start(1) not in taken:
            short.setdefault(found.group(1), mention)
    added = [
        replace(mention, start=at.start(), end=at.end(), text=written)
        for written, mention in short.items()
        for at in re.finditer(rf"\b{written}\b", text)
        if at.start() not in taken
    ]
    covered = [other for other in mentions if not any(one.start <= other.start < one.end for one in added)]
    return sorted([*covered, *added], key=lambda mention: mention.start)


def _in_brackets(text: str, mention: ActorMention) -> re.Match[str] | None:
    """Return the short form in brackets behind a name; its letters are those with which the name's words begin."""
    found = _BRACKET.match(text, mention.end)
    if found is None or mention.actor_id is None or mention.form not in _NAMED:
        return None
    name = mention.text.removeprefix("the ").removeprefix("The ")
    initials = {word[0].upper() for word in re.split(r"[\s-]+", name) if word}
    return found if set(found.group(1).upper()) <= initials else None


def named_in_full(text: str, mentions: Sequence[ActorMention], listed: Collection[str]) -> list[ActorMention]:
    """
    Return the mentions; a side that no file lists has its short form in its id where the text sets it in brackets.

    Examples
    --------
    >>> text = "The Dolna Defence Brigades (DDB) came."
    >>> name = ActorMention(start=4, end=26, text="Dolna Defence Brigades", actor_id="other:dolna", form=Form.NAME)
    >>> [mention.actor_id for mention in named_in_full(text, [name], listed=())]
    ['other:dolna (ddb)']
    """
    if "(" not in text:
        return list(mentions)
    full: dict[str, str] = {}
    for mention in mentions:
        side = mention.actor_id
        found = None if side is None or side in listed or side in full else _in_brackets(text, mention)
        if side is not None and found is not None and not side.endswith(")"):
            full[side] = f"{side} ({found.group(1).lower()})"
    return [
        replace(m, actor_id=full[m.actor_id], candidates=tuple(full.get(side, side) for side in m.candidates))
        if m.actor_id in full
        else m
        for m in mentions
    ]


def _with_initials(text: str, mentions: Sequence[ActorMention]) -> Sequence[ActorMention]:
    """Return the mentions with those of unlisted names by their first letters, wherever these stand."""
    full: dict[str, ActorMention] = {}
    for mention in mentions:
        if mention.form is Form.UNKNOWN and mention.actor_id is not None:
            full.setdefault(
                "".join(word[0] for word in re.split(r"[\s-]+", mention.text) if word[:1].isupper()), mention
            )
    full = {letters: mention for letters, mention in full.items() if len(letters) >= _SHORTEST and letters in text}
    if not full:
        return mentions
    at = {found.start(): found for found in _ALONE.finditer(text) if found.group() in full}
    named = []
    for mention in mentions:
        found = at.pop(mention.start, None)
        whose = full[found.group()].actor_id if found is not None else None
        own = found is not None and mention.actor_id == f"other:{found.group().lower()}"  # "the MNM rebels"
        named.append(replace(mention, actor_id=whose, candidates=(whose or "",)) if own else mention)
    added = [
        replace(full[found.group()], start=start, end=found.end(), text=found.group())
        for start, found in at.items()
        if not any(mention.start <= start < mention.end for mention in named)
    ]
    return sorted([*named, *added], key=lambda mention: mention.start)
