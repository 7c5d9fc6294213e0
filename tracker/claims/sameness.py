"""Whether a claim says that something is so, and when two of a report speak of one place and of one time."""

from __future__ import annotations

from functools import lru_cache

from tracker.model import Claim, Kind, Modality

__all__ = ["alike", "bare_day", "dates_agree", "is_real", "same_place"]


def is_real(claim: Claim) -> bool:
    """Tell whether a claim says that something is or was so, be it hedged."""
    return claim.modality is not Modality.UNREAL


def same_place(one: Claim, other: Claim) -> bool:
    """Tell whether two claims speak of one place, by what was resolved, else by its name."""
    if one.place.place_id and other.place.place_id:
        return one.place.place_id == other.place.place_id
    if one.place.place_id or other.place.place_id:
        return _name(one.place.text) == _name(other.place.text)
    if alike(one, other):
        return True
    return _name(one.place.text) == _name(other.place.text)


def alike(one: Claim, other: Claim) -> bool:
    """Tell whether one name holds the other: "Hamadiyah", "Hamadiyah base"."""
    a, b = set(_name(one.place.text)), set(_name(other.place.text))
    return bool(a and b) and (a <= b or b <= a)


@lru_cache(maxsize=4096)  # each claim's name is asked for beside each other claim's
def _name(text: str) -> tuple[str, ...]:
    """Return the words of a name in lower case, without articles."""
    words = text.lower().replace("-", " ").split()
    return tuple(word for word in words if word not in {"al", "the", "el", "ar", "as", "ad", "an", "at", "az"})


def bare_day(claim: Claim) -> str:
    """Return the day of a claim, whether it was so on that day, about it or some time before; empty for none."""
    return (claim.valid_time or "").removeprefix("../").rstrip("~")


def dates_agree(one: Claim, other: Claim) -> bool:
    """Tell whether two claims may be of one time; a claim without a date agrees with any."""
    if one.valid_time is None or other.valid_time is None or one.valid_time == other.valid_time:
        return True
    if one.kind in {Kind.HOLDS, Kind.BESIEGES, Kind.CONTESTS, Kind.APPROACHES}:
        return (
            "/" in one.valid_time + other.valid_time
            or one.valid_time.startswith(other.valid_time)
            or other.valid_time.startswith(one.valid_time)
        )
    if _about(one, other) or _about(other, one):
        return True
    a, b = one.valid_time, other.valid_time
    if a.startswith("../") and b.startswith("../"):
        return True
    if a.startswith("../") or b.startswith("../"):
        day, bound = (b, a[3:]) if a.startswith("../") else (a, b[3:])
        return day <= bound or day.startswith(bound)
    return a.startswith(b) or b.startswith(a)


def _about(one: Claim, other: Claim) -> bool:
    """Tell whether an event that news gives no day may be that of another claim: nothing says that it is later."""
    if not (one.valid_time or "").endswith("~") or one.valid_to is None or other.valid_from is None:
        return False
    return other.valid_from <= one.valid_to
