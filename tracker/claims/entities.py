"""Named things of a text: places, sides, dates and names that nobody knows, ordered and without overlaps."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from tracker.claims.actors.data import Form
from tracker.claims.actors.index import ActorMention
from tracker.claims.actors.persons import opens_title
from tracker.claims.dates.words import read_date_words
from tracker.claims.numbered import numbered_ground
from tracker.claims.phrases import word_list
from tracker.claims.records import record
from tracker.claims.words import words
from tracker.model import Resolution

__all__ = ["Entity", "dated", "familiar_names", "gather", "only_kind", "with_names"]

_LETTERS = re.compile(r"[^\W\d_]+(?:[’'ʿʾ‘`][^\W\d_]+)*")
_MOST = r"[A-Za-z]++(?=[ ,.;:\n])"  # words, found without trying the rest
_NAME_WORD = re.compile(rf"{_MOST}|{_LETTERS.pattern}|\d+")
_ARTICLES = words("entities", "articles")
# What only a name has behind it at the start of a sentence: "X, seized by the rebels in May", "X was retaken by".
_NAMES_ITSELF = re.compile(
    r", (?:(?:a|an|the|its|one|which|where|whose)\b"
    r"|(?:seized|captured|recaptured|occupied|taken|retaken|held|overrun|besieged|liberated|abandoned)"
    r" (?:by|from|since)\b)"
    r"| was (?:retaken|recaptured|liberated|overrun|encircled) by\b"
)
_HELD = re.compile(r"[-–‑ ]([A-Za-z]{3,12})\b")
# What the name of a side is spoken of as many before: "the Taliban control most of X", not "Taliban control of X".
_AS_MANY = re.compile(
    r" (?:attack|capture|command|contest|control|patrol|storm) "
    r"(?:a|all|almost|both|half|its|large|many|most|much|nearly|only|parts|several|some|the|their|two|three|[A-Z]\w+)\b"
)
_HOLD = re.compile(r" (?:still |now )?(?:control|rule|patrol|command)\b(?! of\b| over\b)")
_WHAT_THEY = re.compile(r"\b(?:that|which|where) (?:the )?\Z")  # "which the Taliban control"
_RELATIVE = 10  # characters of "which the "
_DIRECTION = re.compile(r"(?:north|south|east|west|central|upper|lower|greater|old|new)")
_COMPASS = re.compile(r"(?:(?:North|South)[- ]?)?(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est)ern")
_LINKS = frozenset({"and", "of", "the", "to"})
_PARTS = frozenset({"early", "late", "mid"})
_PROSE = words("entities", "prose")
_CONTINENTS = frozenset({"Africa", "America", "Asia", "Europe", "North America", "South America", "Latin America"})
_CITED = 160  # characters of a list of papers in brackets
_MONTHS = "|".join(sorted({month.capitalize() for month in read_date_words().months}))
_MEDIA = (
    "Times|News|Tribune|Herald|Press|Daily|Gazette|Journal|Radio|Agency|TV|Online|Weekly|Mail|Telegraph|Broadcasting|Today"
    r"|Trust|Punch|Jazeera|Reuters|AFP|BBC|CNN|\w+\.(?:net|com|org)"
)
_CITATION = re.compile(rf"\((?=[^()]*\b(?:{_MEDIA})\b)[^()]*, (?:\d{{1,2}} )?(?:{_MONTHS})\b[^()]*\)")
_TOWNS = frozenset({"city", "town", "village"})
# What stands before the name of a ship, which bears a town's name as often as a word's.
_NAVIES = words("entities", "navies")
_SHIPS = words("entities", "ships")
_AFLOAT = re.compile(
    rf"\b(?:{'|'.join(sorted(word.upper() for word in _NAVIES))}|(?:{'|'.join(sorted(_SHIPS))})s?) "
    r"(?:the )?(?:[A-Z][\w-]+(?:, and |, | and )){0,3}(?:[A-Z][\w-]+ )?\Z"
)
_OF_SHIPS = _NAVIES | _SHIPS | {f"{ship}s" for ship in _SHIPS}
_PREFIX = 80  # characters before a ship's name, others that are told with it included
# What a name is in another tongue: "(Greek: …)".
_GLOSS = re.compile(r"[(;] ?(?:also |in |lit\. )?[A-Z][a-z]+: [^()]*\Z")
_OPENS_SPEECH = re.compile(r"(?:[,:]\s+|\A\s*)(?:[“‘\"']|'')\Z")
_SECTORS = words("entities", "sectors")


@record(kw_only=False, eq=False)
class Entity:
    """
    One named thing: ``text[start:end]`` of the report.

    Attributes
    ----------
    kind
        ``actor``, ``place``, ``date``, ``held`` ("rebel-held") or ``name`` (capitalised, known to nobody).
    resolution
        Of a place; also of an actor that is a country or a capital.
    stand_in
        The word that a parser sees in its stead.
    """

    kind: str
    start: int
    end: int
    text: str
    stand_in: str
    resolution: Resolution | None = None
    actor: ActorMention | None = None


def gather(
    text: str,
    resolutions: Iterable[Resolution],
    mentions: Iterable[ActorMention],
    *,
    held: frozenset[str],
    ground: Collection[str],
) -> list[Entity]:
    """
    Return places and actors in order; where both claim the same words, an actor carries the place along.

    Parameters
    ----------
    text
        The text of the report.
    resolutions, mentions
        Over the whole text.
    held
        Participles that make a side the holder of what follows: "rebel-held".
    ground
        Nouns for ground, singular and plural.
    """
    found = [_actor(text, mention, held, ground) for mention in mentions if not _part_of_name(text, mention)]
    found = [one for one in found if not _in_citation(text, one.start, one.end)]
    plain = (
        _before_kind(text, _behind_preposition(r))
        for r in resolutions
        if not only_kind(r.text) and not _in_citation(text, r.start, r.end) and not _is_ship(text, r.start)
    )
    places = sorted(plain, key=lambda resolution: resolution.start)
    merged: list[Entity] = []
    taken = 0
    for resolution in places:
        while taken < len(found) and found[taken].end <= resolution.start:
            merged.append(found[taken])
            taken += 1
        if taken < len(found) and found[taken].start < resolution.end:
            found[taken] = _with_place(found[taken], resolution)
            if found[taken].kind == "place":
                merged.append(found[taken])
                taken += 1
            continue
        if merged and merged[-1].end > resolution.start:
            continue
        merged.append(_place(resolution))
    merged += found[taken:]
    return sorted(merged, key=lambda entity: entity.start)


def _in_citation(text: str, start: int, end: int) -> bool:
    """Tell whether a name is a paper's, named in brackets with its day: "(Dolna Times, 9 February)"."""
    opening = text.rfind("(", max(0, start - _CITED), start)
    if opening < 0 or ")" in text[opening:start]:
        return False
    closing = text.find(")", end, end + _CITED)
    return closing > 0 and _CITATION.search(text, opening, closing + 1) is not None


def _is_ship(text: str, start: int) -> bool:
    """Tell whether a name is a ship's, the last one of several included: "HMS Dolna and Gora"."""
    return _tells_of_ships(text) and _AFLOAT.search(text[max(0, start - _PREFIX) : start]) is not None


@lru_cache(maxsize=4)  # asked for again with each name of a text
def _tells_of_ships(text: str) -> bool:
    """Tell whether a text has any word that stands before the name of a ship."""
    return not _OF_SHIPS.isdisjoint(word_list(text).lower)


def _is_gloss(text: str, start: int, end: int) -> bool:
    """Tell whether a name is what another is called in another tongue, or that tongue: "(Greek: …)"."""
    if text[start:end].isascii():
        return text[end : end + 2] == ": " and not text[end + 2 : end + 3].isascii()
    return _GLOSS.search(text[max(0, start - _PREFIX) : start]) is not None


def _before_kind(text: str, place: Resolution) -> Resolution:
    """Return a name without the noun behind it that belongs to another: "the Morla city of Dolna" is no Morla City."""
    name, _, kind = place.text.rpartition(" ")
    other = text[place.end : place.end + 4]
    if not name or kind not in _TOWNS or other != " of " or not text[place.end + 4 : place.end + 5].isupper():
        return place
    return replace(place, end=place.start + len(name), text=name)


def _behind_preposition(place: Resolution) -> Resolution:
    """Return a name without the "At" before it that is no article: "At Dolna airport", but "At Tall"."""
    first, _, rest = place.text.partition(" ")
    main = (place.name or "").replace("-", " ").lower().split()
    if first not in {"At", "An", "As"} or not rest or main[:1] == [] or main[0] in _ARTICLES:
        return place
    return replace(place, start=place.start + len(first) + 1, text=rest)


def with_names(
    text: str, start: int, end: int, known: Sequence[Entity], familiar: frozenset[str], *, opening: int
) -> list[Entity]:
    """
    Return the entities of a sentence with the names that nobody knows, in order.

    A run of capitalised words that goes beyond a place name takes it in: "Wadi Deif
    base" is no Deif. The place keeps what it was resolved to when only an article was
    missing.

    Parameters
    ----------
    known
        Actors, places and dates of the sentence, ordered.
    familiar
        Capitalised words that the text uses inside its sentences, so that one at the
        start of a sentence may be trusted to be a name.
    opening
        Where the sentence itself begins: behind its dateline.
    """
    if _shouting(text, start, end):
        return [entity for entity in known if entity.stand_in]
    numbered = _numbered(text, start, end, known)
    if numbered:
        apart = (one for one in known if not any(_overlap(one, other) for other in numbered))
        known = sorted([*numbered, *apart], key=lambda entity: entity.start)
    walls = [entity for entity in known if entity.kind != "place"]
    places = [entity for entity in known if entity.kind == "place"]
    runs: list[Entity] = []
    at = start
    for stop, resume in [*((entity.start, entity.end) for entity in walls), (end, end)]:
        if stop > at and not text[at:stop].islower():  # else there is no capital
            runs += _runs(text, at, stop, opening, familiar)
        at = max(at, resume)
    kept = [wall for wall in walls if wall.stand_in]
    free = list(places)
    for run in runs:
        if run.text in _CONTINENTS or _in_citation(text, run.start, run.end):
            continue
        if run.text.split()[0].lower() in _NAVIES or _is_ship(text, run.start) or _is_gloss(text, run.start, run.end):
            continue
        inside = [place for place in places if place.start < run.end and place.end > run.start]
        joined = _joined_up(text, run, inside)
        if joined is not None:
            free = [place for place in free if place not in inside]
            kept.append(joined)
    return sorted([*kept, *free], key=lambda entity: entity.start)


def _numbered(text: str, start: int, end: int, known: Sequence[Entity]) -> list[Entity]:
    """Return ground that is named by a number, unless a side or a longer place has some of those words."""
    found = [Entity("name", a, b, text[a:b], "London") for a, b in numbered_ground(text, start, end)]
    return [one for one in found if not any(_overlap(one, other) and not _lies_in(other, one) for other in known)]


def _lies_in(one: Entity, other: Entity) -> bool:
    """Tell whether a date, article and all, or a town that is called like a word of it, is only a part of a name."""
    inside = one.kind == "date" or (one.kind == "place" and other.start <= one.start)
    return inside and one.end <= other.end


def _overlap(one: Entity, other: Entity) -> bool:
    return one.start < other.end and other.start < one.end


def _joined_up(text: str, run: Entity, inside: Sequence[Entity]) -> Entity | None:
    """Return what a run and the places in it are together; None leaves the places as they are."""
    if not inside:
        return run
    start = min(run.start, inside[0].start)
    end = max(run.end, inside[-1].end)
    if len(inside) > 1:
        gaps = [text[one.end : other.start] for one, other in pairwise(inside)]
        hyphened = all(gap in {"-", "–"} or gap.strip(" -–").lower() in _ARTICLES for gap in gaps)
        return Entity("name", start, end, text[start:end], "London") if hyphened else None
    place = inside[0]
    if place.resolution is None or (place.start, place.end) == (start, end):
        return None
    rest = [
        word.group().lower() for word in _NAME_WORD.finditer(text[start : place.start] + " " + text[place.end : end])
    ]
    beyond = [word for word in rest if word not in _ARTICLES]
    if any(word in _PROSE or _DIRECTION.match(word) for word in beyond):
        return None
    words = text[start:end]
    if not beyond or place.resolution.place_id is None:
        widened = replace(place.resolution, start=start, end=end, text=words)
        return Entity("place", start, end, words, "London", widened)
    return Entity("name", start, end, words, "London")


def dated(start: int, end: int, text: str) -> Entity:
    """
    Return a date as an entity: a day or month with figures is one word to the parser, other dates stay as they are.

    An empty stand-in leaves the words as they are.
    """
    return Entity("date", start, end, text, _stand_in(text))


@lru_cache(maxsize=4096)
def _stand_in(text: str) -> str:
    """Return what stands in for a date, empty for one of words alone."""
    words = [word for word in re.split(r"[\s,–-]+", text) if word.lower() not in _LINKS]
    if len(words) > 1 and words[0].lower() in _PARTS:
        words = words[1:] + ["1"] * (len(words) == 2)
    months = [_is_month(word) for word in words]
    figures = all(month or word.strip("stndrh").isdigit() for word, month in zip(words, months, strict=True))
    plain = len(words) > 1 and any(months) and figures
    return "" if not plain else "Monday" if any(len(word) < 4 and word[0].isdigit() for word in words) else "May"


def _is_month(word: str) -> bool:
    """Tell whether a word of a date is a month or a season."""
    known = read_date_words()
    return word.lower().rstrip(".") in known.months or word.lower() in known.seasons


@lru_cache(maxsize=128)  # the sentences of a report are gone through for familiar names, then one by one
def _name_words(text: str, start: int, end: int) -> list[str]:
    """Return the words of a sentence as names are made of them."""
    return _NAME_WORD.findall(text, start, end)


def _shouting(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence writes most of its words with capitals, as headlines do."""
    initials = [word[0] for word in _name_words(text, start, end) if not word[0].isdecimal()]
    return len(initials) > 3 and sum(map(str.isupper, initials)) > 0.7 * len(initials)


def familiar_names(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[str]:
    """Return the capitalised words that stand inside sentences, not only at their start."""
    found: set[str] = set()
    for start, end in spans:
        found.update(word for word in _name_words(text, start, end)[1:] if word[0].isupper())
    return frozenset(word for word in found if word.lower() not in _PROSE)


def _runs(text: str, start: int, end: int, sentence: int, familiar: frozenset[str]) -> list[Entity]:
    runs: list[Entity] = []
    current: list[re.Match[str]] = []
    for word in _NAME_WORD.finditer(text, start, end):
        written = word.group()
        if written.islower() and written not in _ARTICLES:  # most words, no part of a name
            if current:
                _close(runs, text, current)
                current = []
            continue
        if current and not _joined(text[current[-1].end() : word.start()]):
            _close(runs, text, current)
            current = []
        if _is_name(word, text, inside=bool(current), first=_opens(text, sentence, word.start()), familiar=familiar):
            current.append(word)
        elif current:
            _close(runs, text, current)
            current = []
    if current:
        _close(runs, text, current)
    return runs


def _opens(text: str, sentence: int, start: int) -> bool:
    """Tell whether a word is the first of its sentence, or of what somebody says in it."""
    return start == sentence or _OPENS_SPEECH.search(text, sentence, start) is not None


def _joined(gap: str) -> bool:
    return gap in {" ", "-", "–", "’", "'", "\u00a0", "-‘", "-’", "-'", " ‘", " ’", "-ʿ", "-`"}


def _is_name(found: re.Match[str], text: str, *, inside: bool, first: bool, familiar: frozenset[str]) -> bool:
    word = found.group()
    lower = word.lower()
    if lower in _ARTICLES:
        linked = text[found.end() : found.end() + 1] in {"-", "–"}
        return linked or inside or word in {"Al", "El", "Abu", "Umm", "Bin", "Ibn"}
    if word.isdigit():
        return inside or len(word) == 4
    stop = text[found.end() : found.end() + 1] == "."
    short = stop and (len(word) == 1 or opens_title(word))  # "U.N.-backed", "Col. Doe"
    if not word[0].isupper() or lower in _PROSE or short:
        return False
    if ("'" in lower or "’" in lower) and len(lower) > 2 and re.split("['’]", lower)[0] in _PROSE:
        return False
    if first and lower.endswith("ly") and text[found.end() : found.end() + 1] == ",":
        return False  # "Additionally, "
    return not first or word in familiar or _NAMES_ITSELF.match(text, found.end()) is not None


def _close(runs: list[Entity], text: str, words: list[re.Match[str]]) -> None:
    """Add the run without articles and numbers that lead nowhere."""
    while words and (words[-1].group().lower() in _ARTICLES and not words[-1].group()[0].isupper()):
        words = words[:-1]
    while words and words[0].group().isdigit() and (len(words) == 1 or len(words[0].group()) != 4):
        words = words[1:]
    if len(words) == 1 and (words[0].group().lower() in _ARTICLES or words[0].group().isdigit()):
        return
    if not any(word.group()[0].isupper() for word in words):
        return
    if len(words) == 1 and _COMPASS.fullmatch(words[0].group()):
        return  # "the Eastern side of X"
    if all(_COMPASS.fullmatch(word.group()) or word.group().lower() in _SECTORS for word in words):
        return  # "the Western Sector"
    start, end = words[0].start(), words[-1].end()
    word = text[start:end]
    if word.endswith(("'s", "’s")):
        end -= 2
    runs.append(Entity("name", start, end, text[start:end], "London"))


_SHARES = frozenset({"all", "most", "half", "much", "some", "part", "parts", "both", "none"})
_NEVER_SUBJECTS = frozenset({"rebel", "insurgent", "militant", "loyalist", "separatist", "jihadist"})  # in the singular


def _before_noun(text: str, start: int, end: int, ground: Collection[str]) -> bool:
    """Tell whether a noun for ground follows: "IS held area", but not "IS held the area"."""
    following = text[end : end + 40].split()
    whose = text[start:end].split(" ", maxsplit=1)[0].lower()
    if following and following[0][0].isupper() and whose in _NEVER_SUBJECTS:
        return True
    if following[1:2] in (["of"], ["but"]) and following[0].lower() in _SHARES and whose not in _NEVER_SUBJECTS:
        return False  # "the British controlled all of the town"
    return bool(following) and following[0].strip(".,;:").lower() in ground


def _actor(text: str, mention: ActorMention, held: frozenset[str], ground: Collection[str]) -> Entity:
    if mention.attributive:
        participle = _HELD.match(text, mention.end)
        glued = participle is not None and (
            text[mention.end] != " " or _before_noun(text, mention.start, participle.end(), ground)
        )
        if participle and glued and participle.group(1).lower() in held:
            end = participle.end()
            return Entity("held", mention.start, end, text[mention.start : end], "local", actor=mention)
    last = mention.text.split()[-1]
    plain = (
        last
        if last[0].islower() and last.isalpha()
        else "rebels"
        if _HOLD.match(text, mention.end) and _WHAT_THEY.search(text, max(mention.start - _RELATIVE, 0), mention.start)
        else "Germans"
        if (last[-1] == "s" and not last.isupper()) or _AS_MANY.match(text, mention.end)
        else "Germany"
    )
    return Entity("actor", mention.start, mention.end, mention.text, plain, actor=mention)


def _place(resolution: Resolution) -> Entity:
    return Entity("place", resolution.start, resolution.end, resolution.text, "London", resolution=resolution)


_KINDS = words("entities", "kinds") | _ARTICLES


def only_kind(text: str) -> bool:
    """Tell whether a name is but a noun of kind, or a continent's: some village is called "The City", or "Asia"."""
    return text in _CONTINENTS or all(
        word in _KINDS or word.removesuffix("s") in _KINDS for word in text.lower().split()
    )


def _part_of_name(text: str, mention: ActorMention) -> bool:
    """Tell whether a capitalised common noun belongs to a longer name: "the Military Academy"."""
    if mention.form is not Form.NOUN or " " in mention.text or not mention.text[0].isupper() or mention.text.isupper():
        return False
    following = text[mention.end : mention.end + 2]
    return len(following) == 2 and following[0] == " " and following[1].isupper()


def _with_place(actor: Entity, resolution: Resolution) -> Entity:
    """Return the actor with the place it also names, or the place alone where it is the longer name."""
    if resolution.end - resolution.start > actor.end - actor.start:
        return _place(resolution)
    if (resolution.start, resolution.end) != (actor.start, actor.end):
        return actor
    if actor.actor is not None and actor.actor.form is Form.CAPITAL:
        return Entity("place", actor.start, actor.end, actor.text, "London", resolution, actor.actor)
    return Entity("actor", actor.start, actor.end, actor.text, actor.stand_in, resolution, actor.actor)
