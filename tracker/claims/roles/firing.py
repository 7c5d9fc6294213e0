"""Which frames a word may set off, in the order in which they are tried: worked out once for all sentences."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tracker.claims.frames import Frame, Frames, load_frames
from tracker.model import Kind

__all__ = ["Firing"]

_COMING = frozenset({Kind.ENTERS, Kind.APPROACHES})  # of which no place is told that the sentence leaves out


class Firing:
    """
    The frames that each word may set off.

    Attributes
    ----------
    by_form
        Of a verb form: those of all its base forms, light verbs first, as a light verb may say it all.
    by_carried
        Of a singular noun: light frames that it is the noun of where no verb but another noun carries it.
    links
        Of a frame whose place stands behind prepositions and nowhere else: their first words.
    held
        The frame of "rebel-held".
    """

    def __init__(self, frames: Frames) -> None:
        self.by_form: Mapping[str, tuple[Frame, ...]] = {
            form: _in_order(frames, {base for base, _ in known}) for form, known in frames.verb_forms.items()
        }
        carried: dict[str, tuple[Frame, ...]] = {}
        for frame in frames.frames:
            for noun in frame.nouns if frame.shape == "light" and _carried(frame) else ():
                carried[noun] = (*carried.get(noun, ()), frame)
        self.by_carried: Mapping[str, tuple[Frame, ...]] = carried
        self.links: Mapping[str, frozenset[str]] = {
            frame.frame_id: links for frame in frames.frames if (links := _links(frame))
        }
        self.held = next(frame for frame in frames.frames if frame.shape == "held")

    @staticmethod
    def of(frames: Frames) -> Firing:
        """Return what the words of frames set off, worked out once for the shipped ones."""
        return _shipped() if frames is load_frames() else Firing(frames)


@cache
def _shipped() -> Firing:
    return Firing(load_frames())


def _in_order(frames: Frames, bases: set[str]) -> tuple[Frame, ...]:
    tried = {
        frame.frame_id: frame
        for base in sorted(bases)
        for frame in sorted(frames.by_verb.get(base, ()), key=lambda frame: frame.shape != "light")
    }
    return tuple(tried.values())


def _carried(frame: Frame) -> bool:
    return any(path.start == "carrier" for path in (*frame.place, *frame.actor))


def _links(frame: Frame) -> frozenset[str]:
    """Return the first words of the prepositions without which a frame finds no place; empty where others lead on."""
    bound = all(path.start == "verb" and path.prepositions and "in" not in path.prepositions for path in frame.place)
    if frame.shape != "verb" or frame.kind not in _COMING or not bound:
        return frozenset()  # "in" may be told by "where" or "there"
    return frozenset(phrase.partition(" ")[0] for path in frame.place for phrase in path.prepositions)
