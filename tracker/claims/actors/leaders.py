"""Who leads which side, as a text tells it: "the Morla Front, led by John Doe", "Front leader John Doe"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.claims.actors.data import Form
from tracker.claims.actors.mentions import ActorMention
from tracker.claims.actors.persons import is_person

__all__ = ["leaders_told"]

_HEADS = r"(?:leader|commander|chief|head|founder|warlord|chairman|strongman|commander-in-chief)"
_TITLES = r"(?:(?:[Gg]eneral|[Cc]olonel|[Mm]ajor|[Cc]aptain|[Cc]ommander|[Mm]arshal|[Dd]r|[Ww]arlord|former [a-z]+) )*"
_NAME = r"(?P<name>[A-Z][\w'’-]+(?: (?:al-|el-)?[A-Z][\w'’-]+){0,3})"
_LED = re.compile(
    rf"(?: \([A-Z/-]+\))?,? (?:which (?:is|was) |that (?:is|was) )?(?:led|headed|commanded|founded) by {_TITLES}{_NAME}"
)
_HIS_LEADER = re.compile(rf"(?:['’]s)? (?:top |military |overall |rebel )?{_HEADS},? {_TITLES}{_NAME}")
_LEADER_OF = re.compile(
    rf"{_NAME}(?:, (?:the |a )?(?:[a-z]+ )?{_HEADS} of|, who (?:leads|led|heads|commands)) (?:the )?\Z"
)
_OWN = re.compile(rf"(?<![\w-]){_NAME}['’]s \Z")
# What these two end with, "the" aside: names are only looked for before it.
_ENDS_OF, _ENDS_OWN = (" of ", " leads ", " led ", " heads ", " commands "), ("'s ", "’s ")
_LONGEST = 90  # characters on either side of a name
_TRIGGERS = ("led by", "headed by", "leader", "command", "chief", "head", "founde", "warlord", "leads", "’s ", "'s ")


def leaders_told(text: str, mentions: Iterable[ActorMention]) -> dict[str, str]:
    """
    Return the side of each person of whom a text says that he leads it, by last name and full name in lower case.

    Examples
    --------
    >>> front = ActorMention(start=4, end=15, text="Morla Front", actor_id="other:morla front", form=Form.NAME)
    >>> leaders_told("The Morla Front, led by General John Doe, left.", [front])
    {'john doe': 'other:morla front', 'doe': 'other:morla front'}
    """
    found: dict[str, str] = {}
    if not any(trigger in text for trigger in _TRIGGERS):
        return found
    named = [m for m in mentions if m.actor_id is not None and not m.generic and m.form in {Form.NAME, Form.UNKNOWN}]
    taken = [(m.start, m.end) for m in named]
    for mention in named:
        after = text[mention.end : mention.end + _LONGEST]
        before = text[max(mention.start - _LONGEST, 0) : mention.start]
        start = mention.start - len(before)
        told = [(match, mention.end) for match in (_LED.match(after), _HIS_LEADER.match(after)) if match]
        leads = _LEADER_OF.search(before) if before.removesuffix("the ").endswith(_ENDS_OF) else None
        if leads is not None:
            told.append((leads, start))
        own = _OWN.search(before) if before.endswith(_ENDS_OWN) else None
        if own is not None and is_person(own["name"]):
            told.append((own, start))
        for match, offset in told:
            first, last = match.start("name") + offset, match.end("name") + offset
            if any(a < last and first < b for a, b in taken):
                continue  # "rebels led by the Morla Front"
            name = match["name"].removesuffix("'s").removesuffix("’s").lower()
            found.setdefault(name, mention.actor_id or "")
            found.setdefault(name.split(" ")[-1], mention.actor_id or "")
    return found
