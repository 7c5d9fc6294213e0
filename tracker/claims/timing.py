"""
When a finding was so: the date that belongs to its clause, else the story's, else what its tense says.

"Holds" without a date is true on the day of publication; "has lost" became true some
time before it; a past event without a date belongs to the last date that the text told.
Where no date was told, what news tells as past is of about the day of its publication.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from tracker.claims.attaching import EVENTS, NONE, inside_date, is_spoken, rank_of, tokens_of
from tracker.claims.dated_items import each_its_own, of_the_item
from tracker.claims.dates.mentions import DateKind, DateMention
from tracker.claims.dates.moments import Moment
from tracker.claims.going_before import came_before, had_been, is_former, went_along, went_before
from tracker.claims.parsing.syntax import Tree
from tracker.claims.records import record
from tracker.claims.roles.filling import Finding
from tracker.claims.story_time import StoryTime
from tracker.claims.usable_dates import tense_of, under_since, usable_dates
from tracker.claims.words import words as listed_words
from tracker.model import Kind

__all__ = ["Timing", "again", "timing_of"]

_NAME = re.compile(r" (?:the )?[A-Z]")
_AGAIN = re.compile(r",? and (?:(?:then )?(?:again|once more) )?(?:in|on|late in|early in|in late|in early)?\s?")
_ELSEWHERE = 10_000  # characters: a date of another entry of a list is farther than any of its own
_CARRIED = 4  # sentences over which a date of the story holds for what follows
_YEARS = re.compile(r"\b(?:years?|decades?)\b", re.IGNORECASE)
_LATELY = frozenset({"recent", "earlier", "previous"})
_UNTIL_GAP = 8  # characters: " until "
_DURING = ("in ", "during ", "within ")
_ENDURING = listed_words("scope", "enduring")


@record(kw_only=False)
class Timing:
    """
    An EDTF date and where it comes from.

    Attributes
    ----------
    source
        ``clause``, ``sentence``, ``story``, ``tense`` or ``none``.
    date
        Which date of the sentence it is, None where it is none of them.
    """

    edtf: str | None
    source: str
    date: DateMention | None = None


def timing_of(
    tree: Tree,
    finding: Finding,
    verb: int | None,
    dates: Sequence[DateMention],
    *,
    story: StoryTime,
    sentence: int,
    published: dt.date | None,
) -> Timing:
    """
    Return when a finding was so.

    Parameters
    ----------
    verb
        Index of the verb of its clause, None for a verbless one.
    dates
        The dates of its sentence.
    """
    tense = tense_of(tree, finding, verb)
    dates = each_its_own(tree, dates)
    usable = usable_dates(tree, finding, dates, verb=verb, story=story, published=published)
    listed = tree[finding.place.head].dep == "conj"  # "took Aleppo on Monday and Homs on Tuesday"
    at = tree[finding.place.head if listed else finding.trigger].start
    if _since(tree, finding) and finding.kind not in EVENTS and not _has_since_come(tree, finding):
        return _ever_since(tree, finding, dates, story, published)
    ranks = [2 if under_since(tree, finding, date) else rank_of(tree, finding, verb, date) for date in usable]
    ends = _end_of_entry(tree, finding.place.head) if listed else at
    away = [_away(date, at, ends) for date in usable]
    ranked = sorted((rank, away[k], k) for k, rank in enumerate(ranks))
    ranked = of_the_item(tree, finding, ranked, usable) or _of_the_event(finding, ranked, usable)
    still = finding.kind is Kind.BESIEGES and not _since(tree, finding)
    if tense == "perfect" and (finding.frame.shape in {"held", "label"} or still):
        tense = "present"  # "has surrounded X" and still does; or it is another verb's: "held X has been besieged"
    if tense == "perfect" and finding.kind is Kind.HOLDS:
        tense = "present"  # "has been run by them for years", "have clung to it"
    if _since(tree, finding) and finding.kind in EVENTS:
        ranked = [item for item in ranked if item[0] == 0]  # "lost X in May; it has since retaken it"
    if ranked and ranked[0][0] < NONE:
        chosen = usable[ranked[0][2]]
        value = _value_of(tree, finding, chosen, usable, tense=tense, published=published)
        return Timing(value, "clause" if ranked[0][0] < 20 else "sentence", chosen)
    return _undated(tree, finding, tense, story=story, sentence=sentence, published=published)


def _value_of(
    tree: Tree,
    finding: Finding,
    date: DateMention,
    dates: Sequence[DateMention],
    *,
    tense: str,
    published: dt.date | None,
) -> str | None:
    """Return what a date says of a finding that it belongs to."""
    value = _until_then(date, dates) if finding.kind is Kind.HOLDS else None
    value = value or _in_the_past(_value(tree, finding, date), date, tense, published)
    if published is None and had_been(tree, finding):
        value = (value or "").removesuffix("/..") or None  # "had held X since 2014": whether on, it doesn't say
    if finding.kind in EVENTS and published is not None and tense == "perfect" and _open_to_now(date, published):
        return f"../{published.isoformat()}"
    before = came_before(tree, finding, date) or is_former(tree, finding) or _as_of(tree, finding, date)
    before |= published is not None and _told_today(tree, finding, date, tense, published)
    if before and published is not None and (date.point or "") > published.isoformat():
        return f"../{published.isoformat()}"  # "a week before the feast begins on 17 June"
    if value and "/" not in value and before:
        return f"../{value}"
    if value is None and published is not None and finding.kind in EVENTS and tense in {"past", "perfect"}:
        return f"../{published.isoformat()}"  # "after two days of fighting", begun nobody knows when
    return value


def _undated(
    tree: Tree, finding: Finding, tense: str, *, story: StoryTime, sentence: int, published: dt.date | None
) -> Timing:
    """Return when something was so that has no date of its own: by its tense, or by the date told last."""
    if _lately(tree, finding) and published is not None:
        return Timing(f"../{published.isoformat()}", "tense")
    if is_former(tree, finding) and published is not None:
        return Timing(f"../{published.isoformat()}", "tense")
    if tense == "present" and published is not None and finding.kind not in EVENTS:
        if story.long_before(published) and sentence - story.sentence <= _CARRIED:
            return Timing(story.edtf, "story")  # a history told in the present tense
        return Timing(published.isoformat(), "tense")
    if tense == "perfect" and (published is not None or _since(tree, finding)):
        return Timing(f"../{published.isoformat()}" if published is not None else None, "tense")
    if story.ever_news and published is not None and not story.spoken and _still(tree, finding):
        return Timing(published.isoformat(), "tense")
    if story.news and published is not None and finding.kind not in EVENTS and _said(tree, finding):
        day = story.edtf if story.spoken and sentence - story.sentence <= _CARRIED else None
        return Timing(day or published.isoformat(), "tense")
    if finding.frame.shape == "held" and story.ever_news and published is not None:
        return Timing(published.isoformat(), "tense")  # "jets struck rebel-held X"
    spoken = story.news and story.spoken
    told_now = story.ever_news and not spoken and finding.kind in EVENTS and had_been(tree, finding)
    if told_now and published is not None and tense == "past" and _said_before(tree, finding):
        return Timing(f"../{published.isoformat()}", "tense")  # "fell in May. The army said it had also taken Y"
    if story.edtf is not None and sentence - story.sentence <= _CARRIED:
        earlier = story.spoken or went_before(tree, finding)
        open_start = earlier and finding.kind in EVENTS | {Kind.BESIEGES} and "/" not in story.edtf
        return Timing(f"../{story.edtf}" if open_start else story.edtf, "story")
    if published is None:
        return _before_the_first(finding, tense, story.opens_at(sentence))
    if finding.kind in EVENTS:
        before = had_been(tree, finding) or went_along(tree, finding)
        if tense == "past" and not story.history and not before:
            return Timing(f"{published.isoformat()}~", "tense")
        now = tense == "present" and finding.frame.kind in EVENTS and not before
        return Timing(published.isoformat() if now else f"../{published.isoformat()}", "tense")
    labelled = finding.frame.shape in {"held", "label"} and tree[finding.governor].dep not in {"attr", "oprd", "ROOT"}
    over = tense == "past" and finding.kind is Kind.HOLDS and not labelled and not _said(tree, finding)
    return Timing(f"../{published.isoformat()}" if over else published.isoformat(), "tense")


def _before_the_first(finding: Finding, tense: str, month: str | None) -> Timing:
    """Return about when something was that is told as past before a text has told any date."""
    if month is None or tense != "past":
        return Timing(None, "none")
    return Timing(f"../{month}" if finding.kind in EVENTS else f"{month}~", "story")


def _end_of_entry(tree: Tree, head: int) -> int:
    """Return where an entry of a list ends: dates up to the next entry are its own, "the villages of X and Y" one."""
    entries = [k for k in tree.kids(tree[head].head, "conj") if k > head]
    return tree[min(entries)].start if entries else tree.tokens[-1].end


def _away(date: DateMention, at: int, ends: int) -> int:
    """Return how far a date stands from what it may date; one that can't be told is farther than any other."""
    far = abs(date.start - at) + (0 if at < date.start < ends else _ELSEWHERE)
    return far + 2 * _ELSEWHERE if date.edtf is None else far


def again(timing: Timing, dates: Sequence[DateMention], text: str) -> Timing | None:
    """Return when it was so once more: "overran X in 2015 and again in 2016"; None where it was so once."""
    if timing.date is None or timing.edtf != timing.date.edtf:
        return None
    for date in dates:
        first, last = sorted((timing.date, date), key=lambda one: one.start)
        between = text[first.end : last.start] if first is not last else ""
        if first is date and not between.endswith(("again in ", "again on ", "once more in ", "once more on ")):
            continue  # "in May, and again in June, they took X"
        if _NAME.match(text, date.end):
            continue  # "took X in May and a month later Y"
        if _AGAIN.fullmatch(between) and date.precision == timing.date.precision and date.kind is DateKind.POINT:
            return Timing(date.edtf, timing.source, date)
    return None


def _until_then(since: DateMention, dates: Sequence[DateMention]) -> str | None:
    """Return the time from a day until another that stands right behind it: "from 2012 until last month"."""
    if since.kind is not DateKind.SINCE or since.point is None:
        return None
    ends = [d.point for d in dates if d.kind is DateKind.UNTIL and 0 < d.start - since.end <= _UNTIL_GAP and d.point]
    return f"{since.point.partition('/')[0]}/{ends[0].rpartition('/')[2]}" if ends else None


def _outlasted(tree: Tree, finding: Finding, date: DateMention) -> bool:
    """Tell whether a span is that of what an event ended: "lasted from May to July and ended in their withdrawal"."""
    first = next(iter(tokens_of(tree, date)), None)
    clause = next((k for k in tree.climb(first) if tree.is_verb(k)), None) if first is not None else None
    above = (finding.governor, *tree.climb(finding.governor))
    if clause is None or clause not in above[1:] or tree.verb_base(clause) not in _ENDURING:
        return False
    return tree[above[above.index(clause) - 1]].dep == "conj"


def _only_then(tree: Tree, finding: Finding, date: DateMention) -> bool:
    """Tell whether "until" a day says that it came about then: "not until June", "it took until June to"."""
    inside = tokens_of(tree, date)
    own = bool(inside) and tree[inside[0]].lower in {"until", "till"}
    until = inside[0] - (not own) if inside else -1
    if until < 1 or tree[until].lower not in {"until", "till"}:
        return False
    denied = any(tree[k].dep == "neg" for k in tree.kids(finding.governor))  # "was not retaken until June"
    took = any(
        tree[k].lower == "took" and any(tree[s].lower == "it" for s in tree.kids(k, "nsubj"))
        for k in tree.climb(inside[0])
    )
    return denied or tree[until - 1].lower in {"not", "n't"} or took


def _of_the_event(
    finding: Finding, ranked: list[tuple[int, int, int]], usable: Sequence[DateMention]
) -> list[tuple[int, int, int]]:
    """Return dates by rank, but for an event those on which it was before those since when something else was."""
    if finding.kind not in EVENTS:
        return ranked
    first = usable[ranked[0][2]] if ranked else None
    if first is not None and (first.edtf or "").startswith("../") and first.text.lower().startswith(_DURING):
        dated = [item for item in ranked[1:] if item[0] < NONE and not (usable[item[2]].edtf or "").startswith("../")]
        ranked = dated or ranked  # "two years after losing it in the first hours of the war"
    return sorted(ranked, key=lambda item: (item[0] >= NONE, usable[item[2]].kind is DateKind.SINCE, *item))


def _open_to_now(date: DateMention, published: dt.date) -> bool:
    """Tell whether something came about at any time since a day: "since then they have taken X"."""
    return date.kind is DateKind.SINCE and not published.isoformat().startswith(date.point or "-")


def _as_of(tree: Tree, finding: Finding, date: DateMention) -> bool:
    """Tell whether a day is that of a count or a map: "as of 3 May they have taken X"."""
    first = next(iter(tokens_of(tree, date)), 0)
    return finding.kind in EVENTS and first > 1 and (tree[first - 2].lower, tree[first - 1].lower) == ("as", "of")


def _told_today(tree: Tree, finding: Finding, date: DateMention, tense: str, published: dt.date) -> bool:
    """Tell whether an event's day is only that on which a report cites who says that it "has", or had, come about."""
    if finding.kind not in EVENTS or date.point != published.isoformat():
        return False
    over = had_been(tree, finding) or (tense == "perfect" and finding.kind is not Kind.ENTERS)
    return over and is_spoken(tree, date)  # who "has entered" X is told to as he does


def _since(tree: Tree, finding: Finding) -> bool:
    """Tell whether something came about since what was told, no date of which is its own: "has since retaken"."""
    return any(tree[k].lower == "since" for k in tree.kids(finding.governor, "advmod"))


def _has_since_come(tree: Tree, finding: Finding) -> bool:
    """Tell whether a siege only began since what was told: "have since surrounded X", not "have besieged it since"."""
    since = [k for k in tree.kids(finding.governor, "advmod") if tree[k].lower == "since"]
    return finding.kind is Kind.BESIEGES and since[0] < finding.governor and tree[since[0] - 1].lower != "ever"


def _ever_since(
    tree: Tree, finding: Finding, dates: Sequence[DateMention], story: StoryTime, published: dt.date | None
) -> Timing:
    """Return since when a state is so, by the day told last before it: "took X in 2014 and have held it ever since"."""
    at = tree[finding.governor].start
    before = [date.point for date in dates if date.kind is DateKind.POINT and date.point and date.end <= at]
    since = (before[-1] if before else story.edtf or "").partition("/")[0]
    if not since:
        return Timing(f"../{published.isoformat()}" if published is not None else None, "tense")
    return Timing(since if finding.kind is Kind.BESIEGES else f"{since}/..", "sentence" if before else "story")


def _still(tree: Tree, finding: Finding) -> bool:
    """Tell whether a state is said to go on: "the army still held the town"."""
    return finding.kind not in EVENTS and any(tree[k].lower == "still" for k in tree.kids(finding.governor, "advmod"))


def _value(tree: Tree, finding: Finding, date: DateMention) -> str | None:
    """Return the date as the kind of claim wants it: an event has a point, a state may have an open end."""
    kind = finding.kind
    first, _, last = (date.point or "").partition("/")
    bounded = date.kind is DateKind.BY and not any(tree[k].lower == "when" for k in tree.kids(finding.governor))
    within = date.text.lower().startswith("within")
    spanned = (
        bool(first) and bool(last) and not within and not _from(tree, date)
    )  # "between 10 and 12 February, when it fell"
    bounded |= date.kind is DateKind.POINT and ((date.edtf or "").startswith("../") or spanned)  # "days after taking X"
    if inside_date(tree, finding, date) and not bounded:  # "until July 2014, when the army entered"
        return last or first or None
    if date.kind is DateKind.UNTIL and kind in EVENTS and _only_then(tree, finding, date):
        return date.point
    if kind in EVENTS and last and _outlasted(tree, finding, date):
        return last
    if kind not in EVENTS and first and under_since(tree, finding, date):
        return first if kind is Kind.BESIEGES else f"{first}/.."
    if kind is Kind.HOLDS and last and within:
        return last  # "within three days they controlled half of it"
    if kind not in EVENTS and date.kind is DateKind.BY:
        return last or first or None  # "by mid-May they held X": they did then
    if kind in EVENTS and date.kind in {DateKind.SINCE, DateKind.AFTER, DateKind.DURATION}:
        return date.point
    if kind is Kind.BESIEGES and date.kind is DateKind.DURATION and last:  # "for three years": since when
        return first[:4] if _YEARS.search(date.text) else first.rstrip("~")
    if kind is Kind.BESIEGES and date.kind in {DateKind.SINCE, DateKind.POINT} and date.precision != "week":
        begins = date.kind is DateKind.SINCE or _from(tree, date) or " and " in date.text.lower()
        begins |= bool(last) and len(first) < len("2017-09-05")
        return first if begins else date.edtf
    return date.edtf


def _in_the_past(value: str | None, date: DateMention, tense: str, published: dt.date | None) -> str | None:
    """Return a date without a year as that of the last such day: "took X in October", "holds X since October"."""
    if value is None or published is None or re.search(r"\d{4}", date.text):
        return value
    if tense == "present" and date.kind is not DateKind.SINCE:
        return value
    first = value.removesuffix("/..")
    begun = Moment.parse(first)
    opens = begun.first_day if begun is not None else None
    if date.relative is not None or opens is None or "/" in first or opens <= published:
        return value
    return f"{int(value[:4]) - 1:04d}{value[4:]}" if first[5:] != "02-29" else value


def _lately(tree: Tree, finding: Finding) -> bool:
    """Tell whether an event told by a noun lies back by its own word: "the recent capture of X"."""
    return finding.kind in EVENTS and any(tree[k].lower in _LATELY for k in tree.kids(finding.trigger, "amod"))


def _said(tree: Tree, finding: Finding) -> bool:
    """Tell whether somebody says that it is so: "the rebels said that the airport was in their hands"."""
    scope = tree.frames.scope
    said = [tree.verb_base(k) for k in tree.climb(finding.governor) if tree.is_verb(k)]
    return any(base in scope.speech or base in scope.hedging for base in said)


def _said_before(tree: Tree, finding: Finding) -> bool:
    """Tell whether who says so comes first, so that "had" is only his "have": "said that it had also taken Y"."""
    scope = tree.frames.scope
    verbs = [k for k in tree.climb(finding.governor) if k < finding.governor and tree.is_verb(k)]
    return any(base in scope.speech or base in scope.hedging for base in map(tree.verb_base, verbs))


def _from(tree: Tree, date: DateMention) -> bool:
    """Tell whether a span of time is one from its first day on: "from June 1992 until August 1995"."""
    inside = tokens_of(tree, date)
    return bool(inside) and inside[0] > 0 and tree[inside[0] - 1].lower == "from"
