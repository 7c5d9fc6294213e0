"""Noun phrases that may name a side: names, demonyms and nouns with the words around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.claims.actors.data import ActorData, Form, Sense, Words, read_words
from tracker.claims.phrases import PhraseTree, WordList
from tracker.claims.records import record

__all__ = ["ActorMention", "NounPhrase", "PhraseReader"]

_NAMES = 3  # words behind "Task Force": "1-64 Armor"
_LONGEST = 8  # parts of one phrase; real ones have at most five


@record()
class ActorMention:
    """
    Words that name a side: ``text[start:end]`` of the report.

    Attributes
    ----------
    actor_id
        The side; None when the words alone do not tell it.
    form
        How it is named, see `Form`.
    generic
        Whether the words are common nouns that could mean another side elsewhere:
        coreference may prefer what the text named before.
    candidates
        All sides that fit, best first; empty when any could.
    attributive
        Whether a word such as "-held" hangs on it: "rebel-held".
    """

    start: int
    end: int
    text: str
    actor_id: str | None
    form: Form
    generic: bool = False
    candidates: tuple[str, ...] = ()
    attributive: bool = False


@record()
class Part:
    """One part of a noun phrase: a known phrase, a modifier or a head, as word indexes."""

    first: int
    stop: int
    senses: tuple[Sense, ...]
    head: bool = False
    modifier: bool = False
    possessive: bool = False
    words: str = ""

    def has(self, form: Form) -> bool:
        """Tell whether one of the senses has this form."""
        for sense in self.senses:  # noqa: SIM110 - asked for each part of each phrase: a third of the time
            if sense.form is form:
                return True
        return False

    @property
    def known(self) -> bool:
        """Whether the part is a phrase of the actor data."""
        return bool(self.senses)


@record()
class NounPhrase:
    """
    A phrase that may name a side, before it is decided which.

    Attributes
    ----------
    parts
        From left to right; the last is the head, a name or a noun.
    held
        The word hung on by a hyphen ("held" in "rebel-held"), not part of the span.
    head_words
        The head as folded words, empty when there is none.
    """

    start: int
    end: int
    form: Form
    parts: tuple[Part, ...]
    held: str | None = None
    head_words: str = ""


_Seen = dict[int, Part | None]  # known parts by the word that they start at


class PhraseReader:
    """Reads the noun phrases of a text that may name sides, agencies or peoples."""

    def __init__(self, data: ActorData) -> None:
        self.words = read_words()
        self.known: PhraseTree[Sense] = PhraseTree([*data.phrases, *_agencies(self.words)])
        self.heads: PhraseTree[bool] = PhraseTree((word, True) for word in self.words.heads)
        self.modifiers: PhraseTree[bool] = PhraseTree((word, True) for word in self.words.modifiers)
        self.bare: PhraseTree[bool] = PhraseTree((word, True) for word in self.words.bare)
        self._firsts = self.known.firsts | self.bare.firsts
        self.titles: PhraseTree[bool] = PhraseTree((word, True) for word in self.words.titles)

    def read(self, words: WordList) -> list[NounPhrase]:
        """Return the phrases in order, without overlaps, longest first."""
        found = []
        after = 0
        parts: _Seen = {}
        firsts = self._firsts
        for index in [index for index, fold in enumerate(words.folds) if fold in firsts]:
            if index < after:
                continue
            if _opposed(words, index):
                phrase, after = self._opposing(words, index, parts)
            elif not (self.known.may_begin(words, index) or self.bare.may_begin(words, index)):
                continue
            else:
                phrase, after = self._phrase_at(words, index, parts)
            if phrase is not None:
                found.append(phrase)
        return found

    def _opposing(self, words: WordList, index: int, seen: _Seen) -> tuple[NounPhrase | None, int]:
        """Return "anti-ISIL forces" as forces of whom the text must tell."""
        name = self._known_part(words, index, seen)
        stop = name.stop if name is not None else index + 1
        head = self.heads.longest(words, stop) if stop < len(words) and words.joined(stop) else None
        if head is None:
            return None, stop
        part = Part(first=index - 1, stop=stop + head[0], senses=(), head=True, words=words.folds[stop])
        return _phrase(words, [part], Form.BARE), part.stop

    def senses_at(self, words: WordList, index: int) -> tuple[int, Sequence[Sense]] | None:
        """Return the longest known phrase that starts at a word: its length and senses."""
        return self.known.longest(words, index)

    def _phrase_at(self, words: WordList, index: int, seen: _Seen) -> tuple[NounPhrase | None, int]:
        first = self._known_part(words, index, seen)
        if first is None:
            return self._bare_at(words, index)
        if first.has(Form.AGENCY) and not first.has(Form.NAME):
            return self._agency(words, first, seen)
        parts = self._parts(words, first, seen)
        held, parts = self._held(words, parts)
        if held is not None:
            phrase = _phrase(words, parts, Form.ATTRIBUTIVE, held=held)
            return phrase, parts[-1].stop + 1
        parts = _trimmed(parts)
        for _ in range(_NAMES if parts[-1].words == "task force" else 0):
            if _named_behind(words, parts[-1].stop):  # "Task Force Anvil" is no town
                parts = [*parts[:-1], replace(parts[-1], stop=parts[-1].stop + 1)]
        return _phrase(words, parts, _form(parts)), parts[-1].stop

    def _agency(self, words: WordList, first: Part, seen: _Seen) -> tuple[NounPhrase, int]:
        """Return an agency, or its troops where it has any: "the African Union" only speaks, "its soldiers" fight."""
        if first.senses[0].actor_id is not None:
            parts = _trimmed(self._parts(words, first, seen))
            if first.possessive and len(parts) == 1 and _are_men(words, first.stop):
                parts.append(Part(first=first.stop, stop=first.stop + 1, senses=(), head=True, words="men"))
            if len(parts) > 1 and parts[-1].head:
                return _phrase(words, parts, Form.NAME), parts[-1].stop
        return _phrase(words, [first], Form.AGENCY), first.stop

    def _parts(self, words: WordList, first: Part, seen: _Seen) -> list[Part]:
        parts = [first]
        while len(parts) < _LONGEST and parts[-1].stop < len(words) and words.joined(parts[-1].stop):
            found = self._next_part(words, parts[-1].stop, seen)
            if found is None:
                break
            parts.append(found)
        return parts

    def _next_part(self, words: WordList, index: int, seen: _Seen) -> Part | None:
        known = self._known_part(words, index, seen)
        if known is not None and known.has(Form.AGENCY):
            return None
        head = self.heads.longest(words, index)
        modifier = self.modifiers.longest(words, index)
        longest = max(known.stop - index if known else 0, head[0] if head else 0, modifier[0] if modifier else 0)
        if longest == 0:
            return None
        stop = index + longest
        senses = known.senses if known and known.stop >= stop else ()
        return Part(
            first=index,
            stop=stop,
            senses=senses,
            head=head is not None and index + head[0] == stop,
            modifier=modifier is not None and index + modifier[0] == stop,
            possessive=bool(known and known.possessive and senses),
            words=" ".join(words.folds[index:stop]),
        )

    def _known_part(self, words: WordList, index: int, seen: _Seen) -> Part | None:
        if index not in seen:
            seen[index] = self._read_part(words, index)
        return seen[index]

    def _read_part(self, words: WordList, index: int) -> Part | None:
        found = self.known.longest(words, index)
        if found is None:
            return None
        stop = index + found[0]
        possessive = stop < len(words) and words.possessive(stop)
        head = self.heads.longest(words, index)
        return Part(
            first=index,
            stop=stop + possessive,
            senses=tuple(found[1]),
            head=head is not None and head[0] >= found[0],
            possessive=possessive,
            words=" ".join(words.folds[index:stop]),
        )

    def _held(self, words: WordList, parts: Sequence[Part]) -> tuple[str | None, list[Part]]:
        """Return the participle that hangs on a part by a hyphen, and the parts up to there."""
        for count in range(1, len(parts) + 1):
            stop = parts[count - 1].stop
            if stop < len(words) and words.folds[stop] in self.words.held and words.joined(stop):
                hyphen = words.hyphenated(stop)
                if hyphen or words.folds[stop] in ("held", "controlled", "occupied"):
                    return words.folds[stop], list(parts[:count])
        return None, list(parts)

    def _bare_at(self, words: WordList, index: int) -> tuple[NounPhrase | None, int]:
        found = self.bare.longest(words, index)
        if found is None:
            return None, index + 1
        stop = index + found[0]
        part = Part(first=index, stop=stop, senses=(), head=True, words=" ".join(words.folds[index:stop]))
        return _phrase(words, [part], Form.BARE), part.stop


def _are_men(words: WordList, index: int) -> bool:
    """Tell whether a leader's fighters follow: "Morla's men"."""
    return index < len(words) and words.folds[index] == "men" and words.joined(index)


def _named_behind(words: WordList, index: int) -> bool:
    """Tell whether a name or a number goes on with what stands before it: "Task Force (Anvil)"."""
    joined = index < len(words) and words.gap(index) in {" ", "-"}
    return joined and (words.capitalised(index) or words.word(index).isdigit())


def _opposed(words: WordList, index: int) -> bool:
    """Tell whether a name is only whom somebody is against: "anti-ISIL (forces)"."""
    return index > 0 and words.folds[index - 1] in {"anti", "counter"} and words.hyphenated(index)


def _agencies(words: Words) -> list[tuple[str, Sense]]:
    """Return the senses of agencies: those that field troops carry the side that these are."""
    plain = [(name, Sense(actor_id=None, form=Form.AGENCY)) for name in words.agencies]
    fielding = [
        (name, Sense(actor_id=f"other:{key}", form=Form.AGENCY))
        for key, names in words.multinationals.items()
        for name in names
    ]
    return fielding + plain


def _phrase(words: WordList, parts: Sequence[Part], form: Form, held: str | None = None) -> NounPhrase:
    last = parts[-1]
    stop = last.stop - (1 if last.possessive else 0)
    head = " ".join(words.folds[last.first : stop]) if last.head else ""
    return NounPhrase(
        start=words.starts[parts[0].first],
        end=words.ends[stop - 1],
        form=form,
        parts=tuple(parts),
        held=held,
        head_words=head,
    )


def _trimmed(parts: list[Part]) -> list[Part]:
    """Drop from the right what can't end a phrase: modifiers, and adjectives without a head."""
    while len(parts) > 1 and not (parts[-1].head or _can_end(parts[-1])):
        parts = parts[:-1]
    return parts


def _can_end(part: Part) -> bool:
    ground = (Form.ADJECTIVE, Form.PEOPLE, Form.DEMONYM, Form.STATE, Form.CAPITAL)  # "rebels besieged Dolna"
    return any(sense.form not in ground for sense in part.senses)


def _form(parts: Sequence[Part]) -> Form:
    """Return the form of a phrase from its strongest part."""
    if any(part.has(Form.NAME) for part in parts):
        return Form.NAME
    headed = len(parts) > 1 and (parts[-1].head or parts[-1].has(Form.NOUN))
    first = parts[0]
    if headed:
        if any(part.has(Form.NOUN) or part.has(Form.ADJECTIVE) for part in parts):
            return Form.NOUN
        return Form.NAME if first.has(Form.DEMONYM) or first.has(Form.STATE) else Form.NOUN
    for form in (Form.NOUN, Form.STATE, Form.DEMONYM, Form.CAPITAL, Form.ADJECTIVE):
        if first.has(form):
            return form
    return Form.PEOPLE
