"""Choosing among the sides that a phrase may name, by theatre, day and what the text named before."""

from __future__ import annotations

import bisect
import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cached_property

from tracker.claims.actors.data import ActorData, Form, Sense, read_words
from tracker.claims.actors.hints import Hints
from tracker.claims.actors.mentions import ActorMention, NounPhrase, Part
from tracker.claims.actors.ties import (
    BACKED,
    GATHERED,
    KNOWN_AS,
    LED_BY,
    LONGEST_TIE,
    OF,
    OF_STATE,
    UNIT_OF,
    is_contingent,
    is_force,
    is_gathering,
    is_state,
    is_unit,
    led,
    led_noun,
    taken_from,
    with_followers,
)
from tracker.claims.phrases import fold

__all__ = ["Chooser", "DayAt", "backed_by"]

DayAt = Callable[[int], dt.date | None]

_MINOR = 3  # a theatre with less than a third of the first one's votes is not what the text is about
_OWN = frozenset([Form.STATE, Form.DEMONYM])  # name one side, whatever the theatre


class Chooser:
    """
    Decides which side each phrase of one text names.

    Parameters
    ----------
    hints
        Of the text.
    day_at
        Tells the day that the text speaks of at an offset; None where nobody knows.
    countries
        See `ActorIndex.find`.
    backed
        What `backed_by` says of the same data, which is the same for every text.
    """

    def __init__(
        self,
        hints: Hints,
        *,
        day_at: DayAt,
        countries: frozenset[str],
        backed: Mapping[str, Sequence[Sense]],
    ) -> None:
        self._data = hints.data
        self._hints = hints
        self._day_at = day_at
        self._nonstate = read_words().nonstate
        self._backed = backed
        self.theatre = countries or _leading(hints.votes)
        self._governments: dict[str, Sense] = {}  # what capitals mean, by country
        self._orders: dict[tuple[int, ...], tuple[list[str], list[str]]] = {}  # by the ids of senses, which stay
        self._names: dict[int, list[str]] = {}  # what proper names mean, by where their phrases start
        self._at: dict[str, list[int]] = {}
        for phrase in hints.phrases:
            for actor_id in self._named(phrase):
                self._at.setdefault(actor_id, []).append(phrase.start)

    @cached_property
    def _lands(self) -> AbstractSet[str]:
        """Return the sides that are a state's."""
        return {land.actor_id for land in self._data.countries.values()}

    def mention(self, phrase: NounPhrase, text: str) -> ActorMention:
        """Return the mention that a phrase makes."""
        candidates, generic = self._candidates(phrase)
        settled = bool(candidates) and (not generic or phrase.form in _OWN or self._settled(candidates))
        return ActorMention(
            start=phrase.start,
            end=phrase.end,
            text=text[phrase.start : phrase.end],
            actor_id=candidates[0] if settled else None,
            form=phrase.form,
            generic=generic,
            candidates=tuple(candidates),
            attributive=phrase.held is not None,
        )

    def joined(self, mentions: Sequence[ActorMention], text: str) -> list[ActorMention]:
        """Join "rebels of the X", "forces loyal to X" and "rebels backed by X" into one mention."""
        out: list[ActorMention] = []
        followers: dict[str, set[str | None]] = {}
        for mention in mentions:
            before = out[-1] if out else None
            if before is not None and mention.start - before.end <= LONGEST_TIE:
                tied = self._tied(before, mention, text)
                if tied is not None:
                    out[-1] = tied
                    for noun in led_noun(before, mention, text):
                        followers.setdefault(noun, set()).add(tied.actor_id)
                    continue
            out.append(mention)
        return with_followers(out, followers) if followers else out

    def _tied(self, before: ActorMention, mention: ActorMention, text: str) -> ActorMention | None:
        between, joined = text[before.end : mention.start], text[before.start : mention.end]
        if before.form is Form.UNIT:
            of_it = UNIT_OF.match(between) and is_unit(mention)
            return replace(mention, start=before.start, text=joined) if of_it else None
        open_to_more = before.form in (Form.BARE, Form.NOUN) and not (before.attributive or mention.attributive)
        if not open_to_more or taken_from(before, between, mention):
            given = mention.form in (Form.NAME, Form.UNKNOWN) and OF.match(between) and is_contingent(before.text)
            return replace(mention, start=before.start, text=joined) if given else led(before, between, mention, text)
        owner = text[mention.end : mention.end + 2] in {"'s", "’s"}  # "forces of Libya's commander Haftar" are his
        if OF_STATE.match(between) and mention.form is Form.STATE and is_force(before.text) and not owner:
            return replace(mention, start=before.start, text=joined, form=Form.NAME)
        named = OF.match(between) and mention.form in (Form.NAME, Form.UNKNOWN)
        ruled = OF_STATE.match(between) and before.form is Form.BARE and is_state(mention.text)
        gathered = GATHERED.match(between) and is_gathering(before.text)
        if named or (mention.form is Form.NOUN and (ruled or gathered)):
            return replace(mention, start=before.start, text=joined)
        actor_id = None
        of_state = read_words().of_state(before.text)  # "government troops backed by X"
        backed = BACKED.match(between) and not of_state
        # Whose fighters a people's adjective tells, their sponsor can't: "Kurdish forces backed by the coalition".
        if backed and mention.actor_id is not None and before.start not in self._hints.peoples:
            actor_id = self._backed_side(mention.actor_id, self._day_at(before.start))
        if (
            actor_id is None
            and (LED_BY.match(between) or KNOWN_AS.match(between))
            and mention.form is Form.NAME
            and mention.actor_id not in self._lands
        ):
            actor_id = mention.actor_id  # a group's, not a state's, who leads others than his own
        if actor_id is None:
            return None
        return replace(before, end=mention.end, text=joined, actor_id=actor_id, candidates=(actor_id,))

    def _backed_side(self, sponsor: str, day: dt.date | None) -> str | None:
        for sense in self._backed.get(sponsor, ()):
            if sense.holds_on(day) and (not self.theatre or sense.countries & self.theatre):
                return sense.actor_id
        return None

    def _candidates(self, phrase: NounPhrase) -> tuple[list[str], bool]:
        explicit = self._explicit(phrase)
        if explicit:
            return explicit, False
        country = _country_of(phrase.parts, self.theatre) or self._people_of(phrase)
        # Who is no state any more means in a theatre whom that says: "Allied forces", "Chechen fighters".
        here = country is not None and country.startswith("other:") and bool(self.theatre)
        sides = (self._sides(phrase, None) if here else []) or self._sides(phrase, country)
        if sides:
            return self._ranked(sides, phrase.start), True
        home = self._home_state(phrase) if country is None else None
        if home is not None:
            return [home], True
        if phrase.form is Form.BARE or country is None:
            return [], True
        return [self._state(phrase, country)], phrase.form in (Form.STATE, Form.DEMONYM)

    def _home_state(self, phrase: NounPhrase) -> str | None:
        """Return whom "government forces" mean where no file tells: the state of the country that a text is about."""
        if len(self.theatre) != 1:
            return None
        of_state = read_words().of_state(" ".join(part.words for part in phrase.parts if part.words))
        (country,) = self.theatre
        land = self._data.countries.get(country)
        return land.actor_id if land is not None and of_state else None

    def _state(self, phrase: NounPhrase, country: str) -> str:
        """Return the side of a country's own army, of its coalition, or of those who are not the state's."""
        land = self._data.countries[country]
        side = self._state_side(country, self._day_at(phrase.start))
        if phrase.head_words in self._nonstate and side == land.actor_id and side.startswith("other:"):
            name = land.demonyms[0].lower() if land.demonyms else land.actor_id.removeprefix("other:")
            return f"other:{name} {phrase.head_words}"
        return self._ruling(side, country, self._day_at(phrase.start)) if side == land.actor_id else side

    def _ruling(self, actor_id: str, country: str, day: dt.date | None) -> str:
        """Return the side whose army is a country's on a day: that of a fallen government before it fell."""
        actor = self._data.actors.get(actor_id)
        if actor is None or day is None or actor.valid_from is None or day >= actor.valid_from:
            return actor_id
        before = (s for s in self._data.governments if country in s.countries and s.end is not None and s.holds_on(day))
        return next((s.actor_id for s in before if s.actor_id), actor_id)

    def allied(self, unit: ActorMention) -> ActorMention:
        """
        Return a state's unit as that of the coalition that the state fights for in the theatre of the text.

        A numbered unit of which nothing tells the state may be of the one that the war is fought in.
        """
        if unit.form is Form.UNIT and len(self.theatre) == 1:
            land = self._data.countries.get(next(iter(self.theatre)))
            return unit if land is None else replace(unit, candidates=(land.actor_id,))
        for country, land in self._data.countries.items() if unit.form is Form.NAME else ():
            if land.actor_id == unit.actor_id:
                side = self._state_side(country)
                return replace(unit, actor_id=side, candidates=(side,))
        return unit

    def _state_side(self, country: str, day: dt.date | None = None) -> str:
        """Return the side of a country's own army, or of its coalition in the theatre of the text on a day."""
        pairs = (self._data.partners.get((home, country)) for home in sorted(self.theatre))
        partners = (pair[0] for pair in pairs if pair and (day is None or pair[1] is None or day >= pair[1]))
        return next(partners, self._data.countries[country].actor_id)

    def _named(self, phrase: NounPhrase) -> list[str]:
        """
        Return the sides that a phrase names without doubt.

        A country where the war is fought is mostly a place, so that its bare name tells nothing.
        """
        explicit = self._explicit(phrase)
        if explicit:
            return explicit
        country = _country_of(phrase.parts, self.theatre)
        if country is None or (phrase.form is not Form.NAME and country in self._data.theatres):
            return []
        return [self._state(phrase, country)]

    def _explicit(self, phrase: NounPhrase) -> list[str]:
        """Return the side that a proper name in the phrase means; the last name wins."""
        known = self._names.get(phrase.start)
        if known is None:
            known = self._names[phrase.start] = self._told_by_name(phrase)
        return known

    def _people_of(self, phrase: NounPhrase) -> str | None:
        """Return the country whose people's name opens one that a file lists for another war: "Morlan troops"."""
        if not self._is_of_other_wars(phrase):
            return None
        people = phrase.parts[0].words.split(" ")[0]
        lands = self._data.countries.items()
        return next((code for code, land in lands if any(fold(word) == people for word in land.demonyms)), None)

    @cached_property
    def elsewhere(self) -> frozenset[int]:
        """Return where names stand that files list for other wars alone."""
        named = (phrase for phrase in self._hints.phrases if phrase.form is Form.NAME)
        return frozenset(phrase.start for phrase in named if self._is_of_other_wars(phrase))

    def _is_of_other_wars(self, phrase: NounPhrase) -> bool:
        named = [sense for part in phrase.parts for sense in part.senses if sense.form is Form.NAME and sense.actor_id]
        return bool(named) and not self._explicit(phrase)

    def _told_by_name(self, phrase: NounPhrase) -> list[str]:
        troops = (Form.NAME, Form.AGENCY) if phrase.form is Form.NAME else (Form.NAME,)
        own = self._own_unit(phrase)
        if own is not None:
            return [own]
        for part in reversed(phrase.parts):
            senses = [s for s in part.senses if s.form in troops and s.actor_id]
            if senses:
                day = self._day_at(phrase.start)
                here = [s for s in senses if s.holds_on(day)] or senses
                local = [s for s in here if s.countries & self.theatre or not s.countries]
                if not local and self.theatre and all(s.form is Form.AGENCY for s in senses):
                    return [here[0].actor_id or ""] if " " in part.words else [f"other:{part.words}"]  # a namesake
                near = local or ([] if self.theatre else here)
                return list(dict.fromkeys(s.actor_id for s in near if s.actor_id))
        return []

    def _own_unit(self, phrase: NounPhrase) -> str | None:
        """Return the state whose demonym stands before a name that several armies use: "the Iraqi V Corps"."""
        first = phrase.parts[0]
        if len(phrase.parts) == 1 or not first.has(Form.DEMONYM):
            return None
        country = _country_of([first], self.theatre)
        bearers = {s.actor_id for part in phrase.parts[1:] for s in part.senses if s.form is Form.NAME}
        if country is None or not bearers or not bearers <= self._lands | {None}:
            return None
        side = self._state_side(country)
        return side if side not in bearers else None

    def _sides(self, phrase: NounPhrase, country: str | None) -> list[Sense]:
        """Return the senses that the adjectives and nouns of the phrase agree on."""
        wanted = (Form.NOUN, Form.ADJECTIVE, Form.CAPITAL)
        theatre = frozenset([country]) if country else self.theatre
        day = self._day_at(phrase.start)
        kept: list[Sense] = []
        for part in phrase.parts:
            senses = [s for s in part.senses if s.form in wanted and s.actor_id and s.holds_on(day)]
            senses = [self._abroad(s) if s.form is Form.CAPITAL else s for s in senses]
            if theatre:
                senses = [s for s in senses if not s.countries or s.countries & theatre]
            if not kept:
                kept = senses
            elif senses:
                agreed = {s.actor_id for s in senses}
                kept = [s for s in kept if s.actor_id in agreed] or kept
        return kept

    def _abroad(self, sense: Sense) -> Sense:
        """Return a capital's government as the coalition that it fights for in the theatre of the text."""
        if sense.country is None:
            return sense
        if sense.country not in self._governments:
            self._governments[sense.country] = replace(sense, actor_id=self._state_side(sense.country))
        return self._governments[sense.country]

    def _ranked(self, senses: Sequence[Sense], start: int) -> list[str]:
        """Order sides: named before and nearest, then named after, then by theatre, then as in the data."""
        key = tuple(map(id, senses))
        known = self._orders.get(key)
        if known is None:
            known = self._orders[key] = self._order(senses)
        named, others = known

        def distance(actor_id: str) -> tuple[int, int]:
            places = self._at[actor_id]
            before = bisect.bisect_left(places, start)
            return (0, start - places[before - 1]) if before else (1, places[0] - start)

        return [*sorted(named, key=distance), *others]

    def _order(self, senses: Sequence[Sense]) -> tuple[list[str], list[str]]:
        """Return the sides that the text names, but for those of minor theatres, and the others in their order."""
        first: dict[str, Sense] = {}
        for sense in sorted(senses, key=lambda sense: sense.rank):
            if sense.actor_id:
                first.setdefault(sense.actor_id, sense)
        votes = {
            actor_id: max((self._hints.votes[code] for code in sense.countries), default=0)
            for actor_id, sense in first.items()
        }
        most = max(votes.values(), default=0)
        named = [actor_id for actor_id in first if actor_id in self._at and _MINOR * votes[actor_id] >= most]
        others = [actor_id for actor_id in first if actor_id not in named]
        return named, sorted(others, key=lambda actor_id: (-votes[actor_id], first[actor_id].rank))

    def _settled(self, candidates: Sequence[str]) -> bool:
        """Tell whether the first candidate may be chosen: the theatre is known, or the text names the side."""
        return bool(self.theatre) or candidates[0] in self._at


def _leading(votes: Counter[str]) -> frozenset[str]:
    """Return the theatres that have at least half the votes of the first."""
    best = max(votes.values(), default=0)
    return frozenset(country for country, count in votes.items() if 2 * count >= best)


def _country_of(parts: Sequence[Part], theatre: frozenset[str]) -> str | None:
    """Return the country that a demonym or a name stands for; of two with one demonym that which the text is about."""
    for part in parts:
        first = None
        for sense in part.senses:
            if sense.country is not None and sense.form is not Form.CAPITAL:
                if sense.country in theatre:
                    return sense.country
                first = first or sense.country
        if first is not None:
            return first
    return None


def backed_by(data: ActorData) -> dict[str, list[Sense]]:
    """Return, by sponsor, the sides that phrases such as "Turkish-backed" mean."""
    sponsors = {fold(word): land.actor_id for land in data.countries.values() for word in (*land.demonyms, *land.names)}
    backed: dict[str, list[Sense]] = {}
    for phrase, sense in data.phrases:
        sponsor, found, _ = phrase.partition("-backed")
        if found and sense.form is Form.ADJECTIVE and fold(sponsor) in sponsors:
            backed.setdefault(sponsors[fold(sponsor)], []).append(sense)
    return backed
