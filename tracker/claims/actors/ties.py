"""What ties two mentions into one: "rebels of the X", "forces loyal to X", "X-led forces"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from tracker.claims.actors.data import Form
from tracker.claims.actors.mentions import ActorMention
from tracker.claims.phrases import fold

__all__ = [
    "BACKED",
    "GATHERED",
    "KNOWN_AS",
    "LED_BY",
    "LONGEST_TIE",
    "OF",
    "OF_STATE",
    "UNIT_OF",
    "is_contingent",
    "is_force",
    "is_gathering",
    "is_state",
    "is_unit",
    "led",
    "led_noun",
    "taken_from",
    "with_followers",
]

LONGEST_TIE = 40
_LED = re.compile(r"[-–](?:led|dominated|aligned|affiliated|linked|allied) \Z")
LED_BY = re.compile(
    r",?\s+(?:which (?:is|are) |who are )?(?:mainly |mostly |primarily |largely )?"
    r"(?:led|spearheaded|headed|dominated) by\s+(?:the\s+)?"
    r"(?:(?:extremist|jihadist|militant|rebel|Islamist|armed)\s+)?(?:(?:group|faction|movement)\s+)?\Z"
)
# Whom a text calls so from then on: "the rebels, known as the Morlists".
KNOWN_AS = re.compile(
    r",?\s+(?:(?:who|which) (?:is|are) )?(?:also |better |commonly |locally |collectively )?known as (?:the )?\Z"
)
_TIED = re.compile(
    r",\s+(?:which (?:is|are|was|were) )?(?:loyal|affiliated|linked|allied|aligned) (?:to|with) (?:the )?\Z"
)
OF = re.compile(
    r"\s+(?:of|from|with|under(?: the (?:command|leadership|banner) of)?|(?:loyal|affiliated|linked|allied) to"
    r"|(?:allied|affiliated|aligned) with|belonging to)"
    r"\s+(?:the\s+)?(?:(?:commander|leader|chief|warlord|strongman|general|marshal|colonel|president)\s+)?\Z",
    re.IGNORECASE,
)
OF_STATE = re.compile(r"\s+of\s+(?:the\s+)?\Z")
BACKED = re.compile(r",?\s+(?:which (?:is|are) |who are )?(backed|supported|sponsored|trained|led) by\s+(?:the\s+)?\Z")
GATHERED = re.compile(r"\s+of\s+(?:the\s+)?(?:several\s+|various\s+|mainly\s+|mostly\s+)?\Z")
# What links a unit to the one it is of, as in "the 1st Brigade of the 3rd Division" or with a comma.
UNIT_OF = re.compile(r"(?:,| of(?: the)?)( \d+(?:st|nd|rd|th|d))?\s+(?:the )?\Z")
_UNIT_WORDS = frozenset(
    {
        "regiment",
        "division",
        "brigade",
        "corps",
        "marines",
        "cavalry",
        "infantry",
        "armor",
        "armored",
        "armour",
        "airborne",
        "army",
    }
)


# Whom a text goes on to call by the noun alone once it has told who leads them.
_FOLLOWERS = frozenset(
    {"insurgents", "rebels", "militants", "jihadists", "islamists", "factions", "alliance", "coalition"}
)


def led(before: ActorMention, between: str, mention: ActorMention, text: str) -> ActorMention | None:
    """Return "(X)-led forces" as X, and an unknown unit "loyal to X" as a part of X."""
    if before.form is Form.NAME and open_to_a_leader(mention) and _LED.match(between):
        return replace(before, end=mention.end, text=text[before.start : mention.end])
    if before.form is Form.UNKNOWN and mention.form is Form.NAME and _TIED.match(between):
        return replace(before, actor_id=mention.actor_id, candidates=mention.candidates)
    return None


def led_noun(before: ActorMention, mention: ActorMention, text: str) -> Iterator[str]:
    """Yield the noun for fighters whom a group is told to lead: "insurgents led by X", "X-led insurgents"."""
    between = text[before.end : mention.start]
    called = LED_BY.match(between) or KNOWN_AS.match(between)
    follower = mention if _LED.match(between) else before if called else None
    noun = fold(follower.text).split()[-1] if follower is not None else ""
    if noun in _FOLLOWERS:
        yield noun


def with_followers(
    mentions: Sequence[ActorMention], followers: Mapping[str, Collection[str | None]]
) -> list[ActorMention]:
    """Return mentions in which "the insurgents" are of whom a text has told that he leads them, if it is one alone."""
    led_by = {noun: next(iter(sides)) for noun, sides in followers.items() if len(sides) == 1}

    def followed(mention: ActorMention) -> ActorMention:
        side = led_by.get(fold(mention.text).removeprefix("the "))
        plain = side is not None and mention.form in (Form.BARE, Form.NOUN) and not mention.attributive
        return replace(mention, actor_id=side, candidates=(side or "",)) if plain else mention

    return [followed(mention) for mention in mentions]


def is_unit(mention: ActorMention) -> bool:
    """Tell whether words name a unit of a known side: "2nd Marines", "the 3rd Infantry Division"."""
    known = mention.form is Form.UNIT or (mention.actor_id is not None and mention.form in (Form.NAME, Form.NOUN))
    return known and not _UNIT_WORDS.isdisjoint(fold(mention.text).split())


def open_to_a_leader(mention: ActorMention) -> bool:
    """Tell whether words leave it to whoever leads them which side they are: "(X-led) rebels", "(X-led) forces"."""
    return mention.form is Form.BARE or (mention.form is Form.NOUN and mention.generic and not mention.attributive)


def is_force(text: str) -> bool:
    """Tell whether words name what a state fights with: "the armed forces (of …)"."""
    return fold(text).split()[-1] in {"forces", "army", "military", "navy", "government", "troops", "soldiers"}


def is_contingent(text: str) -> bool:
    """Tell whether words name what a country gives to a union's force: "the Dolnan contingent (of the mission)"."""
    return fold(text).split()[-1] in {"contingent", "contingents"}


def is_state(text: str) -> bool:
    """Tell whether words name a state by its rule: "the forces of (the regime)"."""
    return fold(text).split()[-1] in {"regime", "government", "junta"}


def taken_from(before: ActorMention, between: str, mention: ActorMention) -> bool:
    """Tell whether "from" parts two sides: "was regained by the Dolnan army from the rebels"."""
    apart = before.actor_id is not None and mention.actor_id not in {None, before.actor_id}
    return apart and between.split() in (["from"], ["from", "the"]) and is_force(before.text)


def is_gathering(text: str) -> bool:
    """Tell whether words gather others into one: "a coalition (of Islamist rebels)"."""
    short = len(text) <= LONGEST_TIE  # a chain of them gathers nobody
    return short and fold(text).split()[-1] in {
        "coalition",
        "alliance",
        "grouping",
        "bloc",
        "force",
        "front",
        "umbrella",
    }
