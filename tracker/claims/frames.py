"""
Frames: which words speak of control and who stands where beside them; knowledge as data.

A language is one file, ``data/frames/<language>.toml``, checked as a whole when it is
loaded. Both back ends read the same frames.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from tracker.errors import InputError
from tracker.model import Kind
from tracker.resources import data_path

__all__ = ["Example", "Frame", "Frames", "Nouns", "RolePath", "Scope", "load_frames", "read_frames"]

_STARTS = {
    "subject", "object", "recipient", "noun", "verb", "carrier", "equal", "here", "nearby", "attacker", "of-subject",
    "town", "garrison", "complement",
}  # fmt: skip
_ENDS = {"", "owner", "place"}


class Scope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that govern a claim, by what they say of its truth; lemmas. `others` only make their forms known."""

    implicative: frozenset[str]
    effort: frozenset[str]
    irrealis: frozenset[str]
    speech: frozenset[str]
    hedging: frozenset[str]
    denying: frozenset[str]
    hedges: frozenset[str]
    nearly: frozenset[str]
    conditionals: frozenset[str]
    others: frozenset[str]


class Nouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns around the names of places, singular; `share` gives words of quantity as least and most share."""

    settlement: frozenset[str]
    facility: frozenset[str]
    quarter: frozenset[str]
    province: frozenset[str]
    part: frozenset[str]
    inner: frozenset[str]
    outskirts: frozenset[str]
    centre: frozenset[str]
    share: dict[str, tuple[float, float]]
    plain: dict[str, bool]


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A frame as written in the file."""

    id: str
    kind: Kind
    prior: float
    verbs: list[str] = []
    particles: list[str] = []
    nouns: list[str] = []
    held: list[str] = []
    link: str | None = None
    label: bool = False
    actor: list[str] = []
    place: list[str] = []
    counter: list[str] = []
    needs: list[str] = []
    part: str | None = None
    soldiers: bool = False
    inside: bool = False
    whole: bool = False
    positive: list[str | dict[str, Any]] = []
    negative: list[str | dict[str, Any]] = []


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    language: str
    frame: list[_Row]
    scope: Scope
    irregular: dict[str, list[str]]
    nouns: Nouns


@dataclass(frozen=True, slots=True)
class RolePath:
    """
    A way from the trigger to a role: where to start, then a possessor or prepositions.

    Examples
    --------
    >>> read_path("noun.pp:of,over")
    RolePath(start='noun', end='', prepositions=('of', 'over'))
    """

    start: str
    end: str = ""
    prepositions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with marked spans that a frame must, or must not, read as a claim; `windows`: on the fallback too."""

    text: str
    windows: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """
    One frame; the head of ``data/frames/en.toml`` tells what each field means.

    Attributes
    ----------
    shape
        ``verb``, ``light`` (verb and noun), ``noun``, ``label`` ("stronghold") or ``held`` ("rebel-held").
    link_object, link_subject
        For ``light``: whether the noun is the verb's object, or its subject; else `link` has the prepositions.
    soldiers
        The actor must be a side, named or understood: civilians and goods enter towns, too.
    inside
        Fighting counts only inside the place.
    whole
        The object must be the place itself, not something in it.
    prior
        Share of right claims among those that the frame made on the development texts.
    """

    frame_id: str
    kind: Kind
    shape: str
    verbs: frozenset[str]
    particles: frozenset[str]
    nouns: frozenset[str]
    held: frozenset[str]
    link_object: bool
    link_subject: bool
    link: tuple[str, ...]
    actor: tuple[RolePath, ...]
    place: tuple[RolePath, ...]
    counter: tuple[RolePath, ...]
    needs: frozenset[str]
    part: str | None
    soldiers: bool
    inside: bool
    whole: bool
    prior: float
    positive: tuple[Example, ...]
    negative: tuple[Example, ...]

    @property
    def going_away(self) -> bool:
        """Whether the subject of its verb leaves the place."""
        return self.kind is Kind.WITHDRAWS or (self.kind is Kind.GAINS and "withdraw" in self.verbs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """
    All frames of a language, and the forms of their words.

    Attributes
    ----------
    verb_forms
        Every inflected form of every verb of the file, lower case, to (base form, Penn tag) pairs.
    participles
        Those of them that are a past participle.
    noun_forms
        Singular and plural of every trigger noun to its singular.
    by_word
        Base form of a trigger to the frames that it sets off, in file order.
    """

    language: str
    frames: tuple[Frame, ...]
    scope: Scope
    nouns: Nouns
    verb_forms: Mapping[str, tuple[tuple[str, str], ...]]
    participles: frozenset[str]
    noun_forms: Mapping[str, str]
    held_forms: frozenset[str]
    by_verb: Mapping[str, tuple[Frame, ...]]
    by_noun: Mapping[str, tuple[Frame, ...]]

    def singular(self, word: str) -> str:
        """Return the singular of a noun that the file knows, any other word unchanged."""
        return self.noun_forms.get(word, word)

    def forms_of(self, nouns: AbstractSet[str]) -> frozenset[str]:
        """Return singular and plural of some nouns."""
        plurals = (form for form, noun in self.noun_forms.items() if noun in nouns)
        return frozenset(word for word in {*nouns, *plurals} if self.singular(word) in nouns)


@cache
def load_frames(language: str = "en") -> Frames:
    """
    Return the shipped frames of a language.

    Raises
    ------
    InputError
        If there is no such file, or it breaks its own rules.

    Examples
    --------
    >>> [frame.frame_id for frame in load_frames().by_verb["besiege"]]
    ['besiege']
    """
    return read_frames(data_path("frames", f"{language}.toml"))


def read_frames(path: Path) -> Frames:
    """
    Read and check one file of frames.

    Raises
    ------
    InputError
        If the file is no TOML, has fields that no frame has, or a role path that leads nowhere.
    """
    try:
        rows = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File)
        frames = tuple(_frame(row) for row in rows.frame)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, ValueError) as error:
        raise InputError(f"not a file of frames: {error}", path=path, cure="Mend the frame that is named.") from None
    names = [frame.frame_id for frame in frames]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"frames named twice: {', '.join(twice)}", path=path, cure="Give each its own id.")
    verbs = {verb for frame in frames for verb in frame.verbs}
    scope = rows.scope
    scope_verbs = scope.implicative | scope.irrealis | scope.speech | scope.hedging | scope.denying | scope.others
    verb_forms = _verb_forms(verbs | scope_verbs, rows.irregular)
    return Frames(
        language=rows.language,
        frames=frames,
        scope=scope,
        nouns=rows.nouns,
        verb_forms=verb_forms,
        participles=frozenset(form for form, known in verb_forms.items() if any(tag == "VBN" for _, tag in known)),
        noun_forms=_noun_forms(
            {noun for frame in frames for noun in frame.nouns} | scope.effort | _all_nouns(rows.nouns)
        ),
        held_forms=frozenset(form for frame in frames for form in frame.held),
        by_verb=_index(frames, lambda frame: frame.verbs),
        by_noun=_index(frames, lambda frame: () if frame.shape == "light" else frame.nouns),
    )


def read_path(text: str) -> RolePath:
    """
    Read one role path.

    Raises
    ------
    ValueError
        If it starts or ends with something unknown.
    """
    if text.startswith("pp:"):
        return RolePath("verb", "", _prepositions(text[3:]))
    start, _, rest = text.partition(".")
    prepositions: tuple[str, ...] = ()
    if rest.startswith("pp:"):
        prepositions, rest = _prepositions(rest[3:]), ""
    if start not in _STARTS or rest not in _ENDS:
        raise ValueError(f"no role path {text!r}")
    return RolePath(start, rest, prepositions)


def _prepositions(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _frame(row: _Row) -> Frame:
    if not 0 < row.prior < 1:
        raise ValueError(f"frame {row.id!r}: prior {row.prior} is not between 0 and 1")
    problem = _shape_problem(row)
    if problem:
        raise ValueError(f"frame {row.id!r}: {problem}")
    link = row.link or ""
    return Frame(
        frame_id=row.id,
        kind=row.kind,
        shape="held" if row.held else "light" if link else "verb" if row.verbs else "label" if row.label else "noun",
        verbs=frozenset(row.verbs),
        particles=frozenset(row.particles),
        nouns=frozenset(row.nouns),
        held=frozenset(row.held),
        link_object=link == "object",
        link_subject=link == "subject",
        link=_prepositions(link[3:]) if link.startswith("pp:") else (),
        actor=tuple(map(read_path, row.actor)),
        place=tuple(map(read_path, row.place)),
        counter=tuple(map(read_path, row.counter)),
        needs=frozenset(row.needs),
        part=row.part,
        soldiers=row.soldiers,
        inside=row.inside,
        whole=row.whole,
        prior=row.prior,
        positive=tuple(map(_example, row.positive)),
        negative=tuple(map(_example, row.negative)),
    )


def _shape_problem(row: _Row) -> str | None:
    """Return what is wrong with a row's shape, None when nothing is."""
    if not (row.verbs or row.nouns or row.held):
        return "no words set it off"
    if row.link and not (row.verbs and row.nouns):
        return "a link needs verbs and nouns"
    if row.verbs and row.nouns and not row.link:
        return "verbs with nouns need a link"
    if row.link and row.link not in {"object", "subject"} and not row.link.startswith("pp:"):
        return f"link {row.link!r} is neither 'object' nor 'subject' nor 'pp:…'"
    if not row.held and not row.place:
        return "no path leads to the place"
    unknown = set(row.needs) - {"actor", "counter"}
    return f"needs {sorted(unknown)}" if unknown else None


def _example(row: str | dict[str, Any]) -> Example:
    return Example(row) if isinstance(row, str) else Example(str(row["text"]), bool(row.get("windows", True)))


def _index(frames: Iterable[Frame], words: Any) -> dict[str, tuple[Frame, ...]]:
    found: dict[str, tuple[Frame, ...]] = {}
    for frame in frames:
        for word in sorted(words(frame)):
            found[word] = (*found.get(word, ()), frame)
    return found


def _verb_forms(verbs: Iterable[str], irregular: Mapping[str, list[str]]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return every form of every verb with its base and Penn tag; regular where no irregular form is given."""
    forms: dict[str, set[tuple[str, str]]] = {}
    for verb in sorted(set(verbs) | set(irregular)):
        past, participle, *others = irregular.get(verb) or [_past(verb)] * 2
        pairs = [(verb, "VB"), (_third(verb), "VBZ"), (past, "VBD"), (participle, "VBN"), (_gerund(verb, past), "VBG")]
        for form, tag in pairs + [(other, "VBD" if other == "were" else "VBZ") for other in others]:
            forms.setdefault(form, set()).add((verb, tag))
    return {form: tuple(sorted(found)) for form, found in sorted(forms.items())}


def _third(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh", "go")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "ed"


def _gerund(verb: str, past: str) -> str:
    if verb in _DOUBLING or past == verb + verb[-1] + "ed":
        return verb + verb[-1] + "ing"
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    return verb[:-1] + "ing" if verb.endswith("e") and not verb.endswith("ee") and verb != "be" else verb + "ing"


_DOUBLING = frozenset({"run", "overrun", "cut", "put", "set", "begin", "win", "get", "quit", "rid", "split", "bid"})


def _all_nouns(nouns: Nouns) -> frozenset[str]:
    groups = (nouns.settlement, nouns.facility, nouns.quarter, nouns.province, nouns.part, nouns.inner)
    return frozenset().union(*groups, nouns.outskirts, nouns.centre, nouns.share, nouns.plain)


def _noun_forms(nouns: Iterable[str]) -> dict[str, str]:
    forms: dict[str, str] = {}
    for noun in sorted(nouns):
        forms[noun] = noun
        forms[noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else _third(noun)] = noun
    return forms
