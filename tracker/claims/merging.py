"""Claims of one report set against each other: what is said twice is one claim, what another claim implies is none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.claims.confidence import with_side
from tracker.claims.retelling import told_before
from tracker.claims.sameness import alike, bare_day, dates_agree, is_real, same_place
from tracker.claims.unlifted import still_besieged, unbroken
from tracker.claims.winners import Setting, by_nobody, with_winners
from tracker.model import Claim, Kind, Modality

__all__ = ["merged"]

_LABEL_FRAMES = frozenset({"stronghold", "own-town", "seat-of", "enclave"})
_STATE_FRAMES = _LABEL_FRAMES | {"held"}
_RULE_FRAMES = frozenset({"under-control", "control-over", "control"})
_LEAVING_FRAMES = frozenset({"withdraw", "abandon", "fall-back", "give-up"})
_OLD = dt.timedelta(days=45)
_A_DAY = len("2017-09-05")
_NEXT = 3  # characters from one sentence to the next
_HEARD_WITHIN = 3  # days after which news of a taking has come
_UNTIL = re.compile(r"\b(?:before|until|till|when)\b")
_LEFT_TO_TAKE = re.compile(r"\b(?:last|final|remaining)\b", re.IGNORECASE)


def merged(claims: Sequence[Claim], setting: Setting | None = None) -> list[Claim]:
    """
    Return the claims without repetitions, in the order of the text.

    A claim without an actor yields to one of the same kind and place with one;
    entering yields to taking in the same sentence, unless it has a day of its own; a withdrawal tells the loser of a
    gain in the same sentence; who held what is taken is the loser, not a holder; an
    attempt yields to its success, a taking told again under another day to the first.
    `setting` tells which side took what nobody is named as taking.
    """
    claims = [*claims, *(still_besieged(claim) for claim in claims if unbroken(claim, claims))]
    claims = [_with_taker(claim, claims) for claim in claims]
    claims = [_with_leaver(claim, claims) for claim in claims]
    claims = with_winners(claims, setting or Setting())
    kept = [claim for claim in claims if not _implied(claim, claims)]
    kept = [_until_taken(_with_loser(claim, claims), claims) for claim in kept]
    chosen: list[Claim] = []
    for claim in kept:
        told = told_before(claim, kept)
        again = (k for k, other in enumerate(chosen) if _repeats(claim, other) and not _anew(claim, other, kept))
        same = next(again, None)
        if same is None and told is None:
            chosen.append(claim)
        elif same is not None and _precision(claim) > _precision(chosen[same]):
            chosen[same] = claim
        elif same is None and told in chosen:
            chosen[chosen.index(told)] = _dated_by(told, claim)
    return sorted(chosen, key=lambda claim: (claim.quote_start, claim.place.start, claim.kind, claim.rule))


def _done_before(again: Claim, claim: Claim) -> bool:
    """Tell whether a taking is told again as of a day shortly before: it was done first and then spoken of."""
    one, other = again.valid_time or "", claim.valid_time or ""
    if not (len(one) == len(other) == _A_DAY and again.valid_from and claim.valid_from):
        return False
    return 0 < (claim.valid_from - again.valid_from).days <= _HEARD_WITHIN


def _dated_by(claim: Claim, again: Claim) -> Claim:
    """Return a taking with the day that it is given where it is told again, when that is more exact, not of a part."""
    if (again.part, again.fraction) != (claim.part, claim.fraction):
        return claim
    if _precision(again)[0] <= _precision(claim)[0] and not _done_before(again, claim):
        return claim
    return replace(claim, valid_time=again.valid_time, valid_from=again.valid_from, valid_to=again.valid_to)


def _implied(claim: Claim, claims: Sequence[Claim]) -> bool:
    """Tell whether another claim says this one and more."""
    for other in claims:
        if other is claim:
            continue
        leaving = claim.kind is Kind.WITHDRAWS or claim.rule in _LEAVING_FRAMES
        if not same_place(claim, other) and not (leaving and alike(claim, other)):
            continue
        if not same_place(claim, other) and not dates_agree(claim, other):
            continue
        together = other.quote_start == claim.quote_start
        if not together and same_place(claim, other) and _fled_from_it(claim, other):
            return True
        if _fell_to_its_loser(claim, other):
            return True
        if together and _comes_after(claim, other):
            return True
        forced = claim.rule in _LEAVING_FRAMES and other.rule not in _LEAVING_FRAMES and together
        if forced and claim.kind is other.kind is Kind.GAINS and claim.actor == other.actor:
            return True  # "captured X base, forcing them to retreat from X"
        if is_real(claim) and is_real(other) and together and other.kind is Kind.GAINS:
            if (
                claim.kind is Kind.ENTERS
                and claim.actor == other.actor
                and (other.part != "parts" or claim.part == other.part)
                and (claim.valid_time in {None, other.valid_time} or (other.valid_time or "..").startswith(".."))
            ):
                return True  # "took half of X since they entered in June", not "entered X on Friday, took it on Sunday"
            if claim.rule == "contest" and other.part is None:
                return True  # "took control of the contested city"
            lost = claim.kind is Kind.LOSES and claim.actor != other.actor and other.actor is not None
            if lost and dates_agree(claim, other):
                return True
            if (
                claim.kind is Kind.HOLDS
                and claim.rule in _STATE_FRAMES
                and claim.actor
                and claim.actor == other.counter_actor
            ):
                return True
        if _lost_to(claim, other):
            return True
        if (
            is_real(claim)
            and is_real(other)
            and together
            and other.kind is Kind.LOSES
            and claim.kind is Kind.HOLDS
            and claim.actor == other.actor
            and claim.rule in _STATE_FRAMES
        ):
            return True
        if _lost_by_it(claim, other) or _arrived(claim, other) or _came_to_take(claim, other):
            return True
        if (
            claim.kind is Kind.WITHDRAWS
            and other.kind is Kind.GAINS
            and is_real(claim)
            and is_real(other)
            and other.actor not in {None, claim.actor}
            and other.part in {None, claim.part}
        ) and (together or other.counter_actor == claim.actor or _leaves_to(claim, other)):
            return True
        if (
            claim.kind is other.kind
            and claim.actor is None
            and other.actor is not None
            and is_real(claim)
            and is_real(other)
            and dates_agree(claim, other)
        ):
            return True
        if (
            not is_real(claim)
            and is_real(other)
            and claim.kind is other.kind
            and claim.actor == other.actor
            and other.part is None
            and not together
        ):
            return True
    return False


def _fled_from_it(claim: Claim, taken: Claim) -> bool:
    """Tell whether a flight tells a taking again: "took X on Friday … the rebels had fled from X on Friday"."""
    if claim.kind is not Kind.WITHDRAWS or taken.kind is not Kind.GAINS or claim.quote_start < taken.quote_start:
        return False
    if taken.actor is None and taken.counter_actor is None:
        return False  # only the flight tells who had it
    if claim.part or claim.fraction or taken.part or taken.fraction or not (is_real(claim) and is_real(taken)):
        return False
    told = claim.modality is taken.modality and claim.valid_time == taken.valid_time
    return told and claim.actor != taken.actor and taken.counter_actor in {None, claim.actor}


def _fell_to_its_loser(claim: Claim, taken: Claim) -> bool:
    """Tell whether a fall is taken for a loss of who just took the place: "took X, the first town to fall in May"."""
    told = claim.kind is Kind.LOSES and claim.rule == "fall" and taken.kind is Kind.GAINS and is_real(taken)
    return told and claim.actor == taken.actor and same_place(claim, taken) and claim.valid_time == taken.valid_time


def _comes_after(claim: Claim, left: Claim) -> bool:
    """Tell whether nameless forces enter what a side leaves, whose own they can't be: "and allied forces came"."""
    came = claim.kind is Kind.ENTERS and left.kind is Kind.WITHDRAWS and is_real(claim) and is_real(left)
    nameless = (claim.actor_text or "").islower() and claim.actor_text != left.actor_text
    return came and nameless and claim.actor == left.actor and (claim.told_at or 0) > (left.told_at or 0)


def _leaves_to(left: Claim, gain: Claim) -> bool:
    """Tell whether who took a place did so as another left it; what was told before an undated leaving was not that."""
    if not dates_agree(left, gain) or _long_before(gain, left):
        return False
    return left.valid_time is not None or gain.quote_start >= left.quote_start


def _long_before(gain: Claim, left: Claim) -> bool:
    """Tell whether a taking is an old story when a place is left "by 16 May"."""
    if not (left.valid_time or "").startswith("../") or left.valid_to is None or gain.valid_to is None:
        return False
    told = left.published is None or left.valid_to <= left.published  # not just "by now"
    return told and left.valid_to - gain.valid_to > _OLD


def _lost_to(loss: Claim, gain: Claim) -> bool:
    """Tell whether a loss is a gain told again: "X is no longer in the hands of IS. The army took it back."."""
    told = loss.kind is Kind.LOSES and gain.kind is Kind.GAINS and is_real(loss) and is_real(gain)
    sides = gain.actor not in {None, loss.actor} and gain.counter_actor in {None, loss.actor}
    if told and _is_reference(loss) and loss.actor == gain.counter_actor and loss.part == gain.part:
        return True  # "came to terms with the loss of X", which the text dates elsewhere
    return told and sides and loss.part == gain.part and dates_agree(loss, gain) and not _long_before(gain, loss)


def _is_reference(loss: Claim) -> bool:
    """Tell whether a noun speaks of a loss without a day, whose day is but that of the report."""
    heard = loss.published.isoformat() if loss.published is not None else ""
    return loss.rule == "the-loss-of" and bare_day(loss) in {"", heard}


def _taken_from(held: Claim, gain: Claim) -> bool:
    """Tell whether a label names the loser of a gain that names none: "took X, the last stronghold of Y"."""
    others = gain.counter_actor is None and gain.actor not in {None, held.actor}
    return others and held.rule in _LABEL_FRAMES and held.place.start == gain.place.start


def _with_loser(claim: Claim, claims: Sequence[Claim]) -> Claim:
    if claim.kind is not Kind.GAINS or claim.counter_actor is not None or not is_real(claim):
        return claim
    for other in claims:
        left = other.kind in {Kind.WITHDRAWS, Kind.LOSES} and is_real(other) and other.actor not in {None, claim.actor}
        left |= other.kind is Kind.HOLDS and is_real(other) and _taken_from(other, claim)
        near = (other.quote_start == claim.quote_start and dates_agree(other, claim)) or _lost_to(other, claim)
        if left and near and same_place(claim, other):
            return replace(claim, counter_actor=other.actor)
    return claim


def _with_leaver(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """
    Return a withdrawal of "the last fighters" as the loser's, where another is told to have taken the place from him.

    Who has just been said to take a place doesn't leave it in the next sentence, unless he is named.
    """
    if claim.kind is not Kind.WITHDRAWS or claim.actor is None or not (claim.actor_text or "").islower():
        return claim
    for other in claims:
        taken = other.kind is Kind.GAINS and is_real(other) and other.actor == claim.actor
        before = other.quote_start < claim.quote_start and other.counter_actor not in {None, claim.actor}
        if taken and before and same_place(claim, other) and dates_agree(claim, other):
            return replace(claim, actor=other.counter_actor)
    return claim


def _until_taken(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """
    Return who had what is taken in the same sentence as having held it before that day.

    That is whose stronghold, or last town, it was, and who is said to have held it until then.
    """
    if claim.kind is not Kind.HOLDS or not is_real(claim):
        return claim
    last = claim.rule in _RULE_FRAMES and _LEFT_TO_TAKE.search(claim.quote) is not None
    for other in claims:
        taken = other.kind is Kind.GAINS and is_real(other) and other.actor not in {None, claim.actor}
        had = last or claim.rule in _STATE_FRAMES or (taken and _is_until(claim, other))
        if taken and had and other.quote_start == claim.quote_start and same_place(claim, other):
            bare = bare_day(other)
            if bare and "/" not in bare and claim.valid_time == bare:
                return replace(claim, valid_time=f"../{bare}", valid_from=None, valid_to=other.valid_to)
    return claim


def _is_until(held: Claim, gain: Claim) -> bool:
    """Tell whether a place is told to be held until it is taken: "the last town held by X before it fell to Y"."""
    start = held.quote_start
    between = held.quote[max(0, (held.told_at or start) - start) : max(0, (gain.told_at or start) - start)]
    return _UNTIL.search(between) is not None


def _with_taker(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """Return a gain by nobody named as one by who entered the place in the same sentence."""
    if claim.kind is not Kind.GAINS or not by_nobody(claim) or not is_real(claim):
        return claim
    for other in claims:
        came = (
            other.kind in {Kind.ENTERS, Kind.APPROACHES, Kind.BESIEGES} and is_real(other) and other.actor is not None
        )
        if came and other.quote_start == claim.quote_start and same_place(claim, other):
            return replace(
                claim, actor=other.actor, actor_text=other.actor_text, confidence=with_side(claim.confidence)
            )
    return claim


def _repeats(one: Claim, other: Claim) -> bool:
    at_once = one.quote_start == other.quote_start and (
        one.valid_time in {None, other.valid_time} or other.valid_time is None
    )  # not "half of X by Friday and all of it by Sunday"
    return (
        one.kind is other.kind
        and same_place(one, other)
        and one.actor == other.actor
        and (one.part == other.part or at_once or one.kind is Kind.ENTERS)
        and (one.fraction == other.fraction or at_once)
        and is_real(one) == is_real(other)
        and dates_agree(one, other)
        and (one.kind is not Kind.APPROACHES or one.distance_m == other.distance_m)
    )


def _anew(claim: Claim, other: Claim, claims: Sequence[Claim]) -> bool:
    """Tell whether a side took again what it was told to have taken: another had it in between."""
    if claim.kind is not Kind.GAINS or not is_real(claim) or claim.valid_time == other.valid_time:
        return False
    for between in claims:
        held = between.kind is Kind.HOLDS and between.part is None and between.fraction is None
        gained = between.kind is Kind.GAINS or held
        changes = (gained or between.kind in {Kind.LOSES, Kind.WITHDRAWS}) and is_real(between)
        told = other.quote_start < between.quote_start < claim.quote_start and between.actor is not None
        by_another = (between.actor == claim.actor) != gained
        if changes and told and by_another and same_place(claim, between) and _in_order(other, between, claim):
            return True
    return False


def _in_order(first: Claim, second: Claim, third: Claim) -> bool:
    days = [claim.valid_from for claim in (first, second, third)]
    known = [day for day in days if day is not None]
    return second.valid_from is not None and known == sorted(known)


def _lost_by_it(claim: Claim, other: Claim) -> bool:
    """Tell whether a loss is a gain told once more: "X was retaken from the rebels … They have been driven from X"."""
    kinds = claim.kind is Kind.LOSES and other.kind is Kind.GAINS and is_real(claim) and is_real(other)
    return kinds and other.counter_actor == claim.actor and _at_once(claim, other)


def _arrived(claim: Claim, other: Claim) -> bool:
    """Tell whether a side was on its way to what it reached that day: "advanced to X and arrived inside it"."""
    kinds = (
        claim.kind is Kind.APPROACHES and other.kind in {Kind.ENTERS, Kind.GAINS} and is_real(claim) and is_real(other)
    )
    return kinds and claim.actor == other.actor and claim.valid_time == other.valid_time


def _came_to_take(claim: Claim, other: Claim) -> bool:
    """Tell whether an entry only tells more of a taking told before: "retook X … The troops entered from the north"."""
    kinds = claim.kind is Kind.ENTERS and other.kind is Kind.GAINS and is_real(claim) and is_real(other)
    whole = other.part is None and other.fraction is None
    more = 0 <= claim.quote_start - other.quote_end <= _NEXT and claim.actor == other.actor
    sure = other.modality is Modality.ASSERTED or claim.modality is not Modality.ASSERTED
    nameless = (claim.actor_text or "").islower()  # who is named anew may have come before or after
    return kinds and whole and more and sure and nameless and _on_one_day(claim, other)


def _on_one_day(one: Claim, other: Claim) -> bool:
    """Tell whether two events are told of one day, or neither of a certain one."""
    days = [bare_day(claim) for claim in (one, other)]
    return not all(days) or days[0] == days[1]


def _at_once(one: Claim, other: Claim) -> bool:
    """Tell whether two events may be one: both of one day, or one before a day that the other does not pass."""
    a, b = one.valid_time, other.valid_time
    return a is None or b is None or a == b or (one.valid_to == other.valid_to and "../" in (a[:3], b[:3]))


def _precision(claim: Claim) -> tuple[int, int, int, float]:
    about = "/" in (claim.valid_time or "") or (claim.valid_time or "").endswith("~")
    dated = 0 if claim.valid_time is None else 1 if about else 2
    if dated == 1 and (claim.kind is Kind.BESIEGES or (claim.valid_time or "").endswith("/..")):
        dated = 3  # since when says more than that it is so
    return (dated, claim.counter_actor is not None, claim.place.place_id is not None, claim.confidence)
