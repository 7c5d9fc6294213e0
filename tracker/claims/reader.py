"""A report read sentence by sentence: what each frame found, and all that was decided about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import takewhile

from tracker.claims.attaching import is_spoken
from tracker.claims.coref import Discourse, entity_ref
from tracker.claims.dates.mentions import DateMention
from tracker.claims.entities import Entity
from tracker.claims.frames import Frames
from tracker.claims.gate import Sentence
from tracker.claims.making import bounds_of, claim_of, kept_after_all, veto_of
from tracker.claims.parsing.syntax import Tree
from tracker.claims.place_memory import PlaceRole, SeenPlace
from tracker.claims.records import record
from tracker.claims.roles.filling import Finding
from tracker.claims.roles.inference import Movers
from tracker.claims.roles.matching import match
from tracker.claims.roles.places import PlaceHit, PlaceReader
from tracker.claims.roles.sides import ActorReader
from tracker.claims.roles.voices import hear
from tracker.claims.sentences import Span
from tracker.claims.sieges import SiegeStart, siege_start_of
from tracker.claims.standing.listed import verb_before
from tracker.claims.standing.modality import cue_over, find_cues
from tracker.claims.standing.outcomes import could_not_keep
from tracker.claims.standing.phases import ceased, ended, no_longer, no_more, once_it_was, under_way
from tracker.claims.standing.scope import Standing, standing_of
from tracker.claims.standing.verdicts import beaten_back
from tracker.claims.story_time import StoryTime, tells_history
from tracker.claims.timing import Timing, again, timing_of
from tracker.claims.usable_dates import of_an_hour, of_since_clause
from tracker.claims.words import words
from tracker.model import Claim, Kind, Modality, Report

__all__ = ["Reading", "ReportReader"]

_DESCRIBED = re.compile(r"(?: \([^()]{0,80}\))?,? (?:is|was|a|an)((?: [\w-]{1,16}){1,6})")
_SENDS = re.compile(
    r" (?:ha[sd] |then |later |also )?(?:sent|deployed|dispatched|poured|rushed) "
)  # "Kamen sent troops"
_WAGES = re.compile(
    r" (?:(?:ha[sd]|is|was|been|now|also|again|[a-z]+ly) ){0,3}(?:sent|deployed|dispatched|poured|rushed|advanc|attack|"
    r"bomb|shell|pound|push|target|launch|mov(?:ed|ing)|mass(?:ed|ing)|struck|fired|press)"
)  # "Kamen has shelled X": its state has
_BEFORE = 32  # characters before a name in a sentence that is not parsed
_PRONOUNS = ("They ", "It ")
_NEAR = 48  # and before a date
_LINKS = frozenset({"by", "of", "from", "with", "against", "for", "between", "to", "and", "than", "on", "in"})
_NEWS = 60  # days: what is older is told as its background
_KIND_OF = re.compile(r"\b([a-z]+) of (?:the )?\Z")
_UNTIL = re.compile(r"not (?:until|till)\b")  # "it was not until June that they took it"
_FINITE = re.compile(r"[a-z]{3,}ed|is|was|has|had|lies|lay|sits|sat|stands|stood|became|remains|held")
_SETTING_OUT = re.compile(
    r"(?:,[^,]{0,80},)?(?: (?:ha[sd]|have|then|also|finally|[a-z]+ly)){0,2} "
    r"(?:launched|opened|mounted|attacked|struck|assaulted|advanced|set out|invaded|marched|rolled|swept|surged|"
    r"pushed (?:north|south|east|west|on|into|deep|through|towards?)|crossed the|"
    r"(?:began|begun|started)(?: \w+){0,2} (?:offensive|assault|attack|push|campaign|operation|advance))\b"
    r"|(?: (?:is|are|was|were|ha[sd]|have|been|now|still|also)){1,3} (?:advancing|pushing|marching|rolling|sweeping|"
    r"surging|closing in|pressing on|gaining ground|on the (?:offensive|march|advance|attack|move))\b"
    r"|['’]s? (?:\w+ ){0,2}(?:offensive|assault|push|campaign|operation|advance|plan)\b"
)
_ATTACK_BY = re.compile(
    r"\b(?:attacks?|assault|offensive|push|raid|onslaught|incursion|advance)(?: \w+ed| on \w+)? by (?:the |\w+ of )?\Z"
)
_ATTACKED = re.compile(
    r"\b(?:attack|assault|bomb|bombard|shell|raid|storm|target|struck|hit|pound)(?:ed|ing)? (?:the )?(?:\w+ of )?\Z"
)
_LASTS = frozenset({"continue", "continued", "continues"})
_ENCIRCLING = words("scope", "encircling")  # which is not done before its end, as besieging is
_ASIDE = re.compile(rf"\b(?:{'|'.join(sorted(words('place_memory', 'aside')))}) (?:the )?\Z")


@record(kw_only=False)
class Reading:
    """
    One finding with all that was decided about it, for `--explain`.

    Attributes
    ----------
    veto
        Why no claim came of it, None when one did.
    """

    finding: Finding
    tree: Tree
    span: Span
    standing: Standing
    timing: Timing
    claim: Claim
    veto: str | None = None


class ReportReader:
    """Reads the sentences of one report in order; what one names, later ones may refer to."""

    def __init__(self, report: Report, frames: Frames, discourse: Discourse, *, backend: str) -> None:
        self.report = report
        self.frames = frames
        self.discourse = discourse
        self.backend = backend
        self.story = StoryTime(history=tells_history(report.text, report.published))
        self.movers = Movers()
        self._told_before: set[tuple[Kind, str]] = set()  # what "has" come about, before a day that nobody told
        self.sieges: list[SiegeStart] = []  # when the sieges of the text are told to have begun

    def read(self, sentence: Sentence) -> Iterator[Reading]:
        """Yield the readings of a sentence and remember what it names."""
        if not sentence.wanted:
            self._skim(sentence)
            return
        tree = Tree(sentence.tokens, self.frames)
        places = PlaceReader(tree, self.discourse, sentence.number)
        sides = ActorReader(tree, self.discourse, sentence.number)
        claimed, aimed = [], []
        self.movers.begin(
            dated=any(not of_an_hour(date.text) for date in sentence.dates),
            long_ago=any(map(self._is_long_ago, sentence.dates)),
        )
        self._set_out(sentence)
        findings = match(tree, places, sides)
        self.movers.attacks(tree, places, sides)
        told = replace(self.story) if findings else self.story
        for found in findings:
            finding = self.movers.named(found, findings, tree, sides, sentence.number)
            if not self.movers.bears_out(finding, sentence.number):
                continue
            inferred, entry = _side(finding) != _side(found), self._is_entry_of(finding)
            if (inferred, entry) != (finding.inferred, finding.entry):
                finding = replace(finding, inferred=inferred, entry=entry)
            reading = self._reading(found, finding, tree, sentence, told)
            yield reading
            yield from self._again(reading, sentence)
            if reading.veto is None and reading.claim.modality is not Modality.UNREAL:
                if finding.frame.shape not in {"held", "label"} and finding.kind is not Kind.APPROACHES:
                    claimed.append(finding.place)
                self._settle(finding, sentence.number)
                date = reading.timing.date
                aside = date is not None and date.back_reference and self._is_long_ago(date)
                self.movers.moved(finding, tree, sides, aside=aside)
            elif reading.veto is None:
                aimed.append(finding.place)
                if not _kept_from(tree, finding):
                    self.movers.tried(finding)
        self._remember(tree, places, sides, {PlaceRole.CLAIMED: claimed, PlaceRole.AIMED: aimed})
        onward = [date for date in sentence.dates if of_since_clause(tree, date) is None]
        self.story.reach(onward, sentence.number, partial(is_spoken, tree))

    def _remember(
        self, tree: Tree, places: PlaceReader, sides: ActorReader, told_of: Mapping[PlaceRole, Iterable[PlaceHit]]
    ) -> None:
        """Remember whom and what a sentence named, and who took ground in it."""
        for verb, taker in sides.unplaced:
            if standing_of(tree, verb, verb, state=False).modality is not Modality.UNREAL:
                self.movers.took(taker, verb, tree, sides)
        for seen in (*places.here, *places.meant):
            self.discourse.see_place(seen)
        for actor in sides.here:
            self.discourse.see_actor(actor)
        hear(tree, sides)
        for role, hits in told_of.items():
            for hit in hits:
                seen = SeenPlace(ref=hit.ref, sentence=sides.sentence, position=hit.token, role=role)
                self.discourse.see_place(seen)

    def _settle(self, finding: Finding, sentence: int) -> None:
        """Remember who has what now."""
        side = finding.actor.actor_id if finding.actor is not None else None
        if side is not None and finding.kind in {Kind.GAINS, Kind.HOLDS, Kind.ENTERS}:
            self.discourse.ground_of[side] = (finding.place.ref, sentence)
        besieged = finding.counter.actor_id if finding.counter is not None else None
        if besieged is not None and finding.kind is Kind.BESIEGES:
            self.discourse.ground_of[besieged] = (finding.place.ref, sentence)
        if finding.kind is Kind.WITHDRAWS:
            self.discourse.left = (finding.place.ref, sentence)
        if side is not None and finding.kind is Kind.GAINS:
            self.discourse.taker = (side, sentence)

    def _is_long_ago(self, date: DateMention) -> bool:
        """Tell whether a date lies well before the report: "in 2011", "two years ago"."""
        ends = (bounds_of(date.point) or (None, None))[1]
        published = self.report.published
        return published is not None and ends is not None and (published - ends).days > _NEWS

    def _is_entry_of(self, finding: Finding) -> bool:
        """Tell whether the report is about the place of a finding and names it in its title."""
        title = self.discourse.title if self.discourse.about_title else None
        return title is not None and title.key == finding.place.ref.key

    def _skim(self, sentence: Sentence) -> None:
        """Remember the names and dates of a sentence that is not parsed."""
        self._set_out(sentence)
        self._goes_on(sentence)
        for k, entity in enumerate(sentence.entities):
            if entity.kind == "place":
                before = self.report.text[max(entity.start - _BEFORE, sentence.span.start) : entity.start]
                role = PlaceRole.ASIDE if _ASIDE.search(before) else PlaceRole.PLAIN
                described = _DESCRIBED.match(self.report.text, entity.end, sentence.span.end)
                called = self._called(described.group(1)) if described is not None else None
                told_of = called is not None or _ATTACKED.search(before) is not None
                if told_of or self._begins(sentence, entity.start, entity.end):
                    role = PlaceRole.SUBJECT
                if _is_capital(entity) and _WAGES.match(self.report.text, entity.end, sentence.span.end):
                    role = PlaceRole.SPOKEN
                of = _KIND_OF.search(before)
                noun = self.frames.singular(of.group(1)) if of is not None else ""
                if called is None and noun in self.frames.nouns.settlement:
                    called = noun  # "the city of Dolna"
                if entity.actor is not None and _SENDS.match(self.report.text, entity.end, sentence.span.end):
                    self.discourse.see_named(entity, sentence.number, k, subject=True)
                self.discourse.see_place(
                    SeenPlace(ref=entity_ref(entity), sentence=sentence.number, position=k, role=role, called=called)
                )
            elif entity.actor is not None and entity.actor.actor_id is not None:
                self.discourse.see_named(entity, sentence.number, k, subject=self._opens(entity, sentence))
        self.story.reach(sentence.dates, sentence.number, partial(self._spoken, sentence))

    def _goes_on(self, sentence: Sentence) -> None:
        """Remember that a sentence that is not parsed is about the same side: "They stopped when troops came"."""
        if not self.report.text.startswith(_PRONOUNS, sentence.span.start):
            return
        last = self.discourse.actor_for((), sentence=sentence.number, position=0)
        if last is not None and last.subject and last.sentence == sentence.number - 1:
            self.discourse.see_actor(replace(last, sentence=sentence.number, position=-1, main=True))

    def _opens(self, entity: Entity, sentence: Sentence) -> bool:
        """Tell whether a side is the first thing in a sentence that is not parsed, and so what that is about."""
        first = next((one for one in sentence.entities if one.kind == "actor"), None)
        before = self.report.text[sentence.span.start : entity.start].lower().split()
        link = before[-2:-1] if before[-1:] == ["the"] else before[-1:]
        return first is entity and not set(link) & _LINKS and not any(word.endswith("ed") for word in before)

    def _set_out(self, sentence: Sentence) -> None:
        """Remember the side whose offensive a sentence that is not parsed is about."""
        for entity in sentence.entities:
            side = entity.actor.actor_id if entity.actor is not None else None
            before = self.report.text[max(entity.start - _NEAR, sentence.span.start) : entity.start]
            if side is not None and (
                _SETTING_OUT.match(self.report.text, entity.end, sentence.span.end) or _ATTACK_BY.search(before)
            ):
                self.movers.sets_out(side, entity.text)
                goals = [e for e in sentence.entities if e.kind == "place" and e.start > entity.end]
                refs = [entity_ref(goal) for goal in goals[:1]]
                listed = self.discourse.together.get(sentence.number)
                if listed is not None and refs and refs[0].start == listed.refs[0].start:
                    refs = list(listed.refs)  # "advanced on the villages of X and Y"
                self.movers.assails(side, entity.text, sentence.number, [ref.key for ref in refs])

    def _begins(self, sentence: Sentence, start: int, end: int) -> bool:
        """Tell whether a name is the subject of a sentence that is not parsed: "X proved harder"."""
        first = not self.report.text[sentence.span.start : start].strip()
        following = self.report.text[end : end + _NEAR].split(maxsplit=1)
        return first and bool(following) and bool(_FINITE.fullmatch(following[0]))

    def _spoken(self, sentence: Sentence, date: DateMention) -> bool:
        """Tell whether a date of a sentence that is not parsed stands behind a verb of saying: "told them today"."""
        before = self.report.text[max(date.start - _NEAR, sentence.span.start) : date.start].lower().split()
        speech = self.frames.scope.speech
        return any(base in speech for word in before[-4:] for base, _ in self.frames.verb_forms.get(word, ()))

    def _again(self, reading: Reading, sentence: Sentence) -> Iterator[Reading]:
        """Yield the same finding once more where its sentence dates it twice."""
        second = again(reading.timing, sentence.dates, self.report.text)
        if second is not None and reading.veto is None and reading.claim.kind in {Kind.GAINS, Kind.ENTERS}:
            bounds = bounds_of(second.edtf) or (None, None)
            claim = replace(reading.claim, valid_time=second.edtf, valid_from=bounds[0], valid_to=bounds[1])
            yield replace(reading, timing=second, claim=claim)

    def _called(self, described: str) -> str | None:
        """Return the noun of kind that a place is described by: "Dolna is a small (town in …)"."""
        kinds = [word for word in described.lower().split() if word in self.frames.nouns.settlement]
        return kinds[0] if kinds else None

    def _reading(self, found: Finding, finding: Finding, tree: Tree, sentence: Sentence, story: StoryTime) -> Reading:
        # "for X, under siege since May", "areas under rebel control"
        aside = finding.frame.shape == "light" and not tree.is_verb(finding.governor)
        state = finding.frame.shape in {"held", "label"} or aside
        state = state or (finding.kind is Kind.HOLDS and _described(tree, finding))
        standing = standing_of(tree, finding.governor, finding.trigger, state=state, parsed=self.backend != "window")
        if self.backend == "window" and not state and not standing.presumed:
            standing = self._checked(standing, finding, tree, sentence)
        failed = beaten_back(tree, finding.governor) if finding.kind is Kind.ENTERS else None
        if failed is not None:
            standing = replace(standing, modality=Modality.UNREAL, cue=failed)
        verb = finding.governor
        done_at_once = finding.kind is Kind.GAINS or (
            finding.kind is Kind.BESIEGES and tree[finding.trigger].lower in _ENCIRCLING
        )
        begun = under_way(tree, verb) if done_at_once and finding.place.part is None else None
        if begun is not None and finding.kind is Kind.BESIEGES and finding.frame.shape == "noun" and begun in _LASTS:
            begun = None  # "the encirclement of X continues"
        begun = once_it_was(tree, verb) if finding.kind is Kind.HOLDS and tree.is_verb(verb) else begun
        if begun is not None and standing.modality is not Modality.UNREAL:
            standing = replace(standing, modality=Modality.UNREAL, cue=begun)
        of_state = finding.kind is Kind.HOLDS or finding.frame.frame_id == "no-longer-in"
        if of_state and _is_over(tree, finding):
            if finding.kind is Kind.HOLDS:
                finding = replace(finding, kind=Kind.LOSES)  # who "no longer controls" a place has lost it
            standing = replace(standing, modality=Modality.ASSERTED, cue=None)
        timing = timing_of(
            tree,
            finding,
            standing.verb,
            sentence.dates,
            story=story,
            sentence=sentence.number,
            published=self.report.published,
        )
        if standing.modality is not Modality.UNREAL:
            timing = self._as_told_before(finding, timing)
        timing = self._since_its_start(finding, self.movers.timed(found, finding, timing), sentence.number)
        if kept_after_all(finding, standing, tree):
            holder = finding.actor if finding.kind is Kind.WITHDRAWS else finding.counter
            finding = replace(finding, kind=Kind.HOLDS, actor=holder, counter=None)
            timing = replace(timing, edtf=timing.edtf.rstrip("~") if timing.edtf is not None else None)
            standing = replace(standing, modality=Modality.ASSERTED, cue=None)
        claim = claim_of(
            self.report, finding, tree, sentence.span, standing=standing, timing=timing, backend=self.backend
        )
        veto = veto_of(finding, claim) or self._of_a_person(claim)
        return Reading(finding, tree, sentence.span, standing, timing, claim, veto)

    def _as_told_before(self, finding: Finding, timing: Timing) -> Timing:
        """Return what is told as past after a lead said that it "has" come about as of then, not about publication."""
        key = (finding.kind, finding.place.ref.key)
        if timing.source != "tense" or timing.edtf is None:
            return timing
        if timing.edtf.startswith("../"):
            self._told_before.add(key)
        elif timing.edtf.endswith("~") and key in self._told_before:
            return replace(timing, edtf=f"../{timing.edtf.rstrip('~')}")
        return timing

    def _since_its_start(self, finding: Finding, timing: Timing, sentence: int) -> Timing:
        """Return a siege that has no date of its own as from the day on which the text tells that it began."""
        if finding.kind is not Kind.BESIEGES or timing.source in {"clause", "sentence"}:
            return timing
        start = siege_start_of(finding.place.ref.text, sentence, self.sieges)
        return Timing(start, "story") if start is not None else timing

    def _of_a_person(self, claim: Claim) -> str | None:
        """Return why a claim is only about where a leader went, None when it is not."""
        goes = claim.kind in {Kind.ENTERS, Kind.WITHDRAWS, Kind.APPROACHES}
        alone = (claim.actor_text or "").lower() in self.discourse.leaders
        return "a person went there, not those he leads" if goes and alone else None

    def _checked(self, standing: Standing, finding: Finding, tree: Tree, sentence: Sentence) -> Standing:
        """Return a standing that the cues before the trigger agree with: a tree from windows misses what governs it."""
        token = tree[finding.trigger]
        start = sentence.span.start
        text = self.report.text[start : sentence.span.end]
        cues = [
            cue
            for cue in find_cues(text)
            if cue.text != "May"
            and not _UNTIL.match(text, cue.end - 3 if cue.text == "not" else cue.start - 4)
            and (cue.end <= token.start - start or cue.cue_class == "denied")
        ]
        cue = cue_over(cues, text, token.start - start, token.end - start)
        first = verb_before(tree, finding.governor)
        if cue is None and first is not None:
            cue = cue_over(cues, text, tree[first].start - start, tree[first].end - start)
        if cue is None or standing.modality is Modality.UNREAL or cue.modality is Modality.ASSERTED:
            return standing
        if cue.modality is Modality.HEDGED and standing.modality is Modality.HEDGED:
            return standing
        return replace(standing, modality=cue.modality, cue=text[cue.start : cue.end])


def _is_capital(entity: Entity) -> bool:
    return entity.resolution is not None and entity.resolution.feature == "PPLC"


def _side(finding: Finding) -> str | None:
    """Return who acts, or who loses where nobody is said to gain."""
    hit = finding.actor or finding.counter
    return hit.actor_id if hit is not None else None


def _described(tree: Tree, finding: Finding) -> bool:
    """Tell whether a state only describes a place: "failed to take X, the last town in the rebels' hands"."""
    nouns = takewhile(lambda k: not tree.is_verb(k), (finding.governor, *tree.climb(finding.governor)))
    return any(tree[k].dep == "appos" and tree[tree[k].head].kind == "place" for k in nouns)


def _is_over(tree: Tree, finding: Finding) -> bool:
    """Tell whether a state is said to be no more: "no longer controls X", "could not keep it"."""
    verb = finding.governor
    if any(no_longer(tree, k) for k in tree.kids(verb)) or ceased(tree, verb) or could_not_keep(tree, verb):
        return True
    return ended(tree, finding.trigger if finding.frame.shape == "noun" else verb) or no_more(tree, verb)


def _kept_from(tree: Tree, finding: Finding) -> bool:
    """Tell whether who is to do something is kept from it: "to prevent them from taking X"."""
    link = tree[tree[finding.governor].head]
    return tree[finding.governor].dep == "pcomp" and link.lower == "from"
