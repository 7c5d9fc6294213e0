"""A walk tries at each token the repairs that look at such a token, in their order, by what they make of it."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.frames import load_frames
from tracker.claims.parsing.repairs import NOUNS, VERBS, Repair, Walk
from tracker.claims.parsing.tokens import Token, tokenize

FRAMES = load_frames()


def tagged(text: str, tags: str) -> list[Token]:
    tokens = tokenize(text, 0, len(text), [])
    for token, tag in zip(tokens, tags.split(), strict=True):
        token.tag, token.dep, token.head = tag, "dep", 0
    return tokens


def test_a_repair_sees_the_tokens_that_it_is_declared_for() -> None:
    seen: list[tuple[str, int]] = []
    walk = Walk(
        [
            Repair(lambda _, i: seen.append(("any", i))),
            Repair(lambda _, i: seen.append(("noun", i)), tags=NOUNS),
            Repair(lambda _, i: seen.append(("town", i)), words=frozenset({"town"}), kinds="None"),
            Repair(lambda _, i: seen.append(("place", i)), kinds="place"),
            Repair(lambda _, i, frames: seen.append(("known", i)), words=lambda frames: frames.verb_forms.keys()),
        ],
        FRAMES,
    )
    walk(tagged("Rebels took the town", "NNS VBD DT NN"))
    assert seen == [
        ("any", 0), ("noun", 0), ("any", 1), ("known", 1), ("any", 2), ("any", 3), ("noun", 3), ("town", 3),
    ]  # fmt: skip


def test_what_a_repair_makes_of_a_token_decides_which_come_after_it() -> None:
    seen: list[str] = []

    def to_verb(tokens: Sequence[Token], i: int) -> None:
        seen.append("to_verb")
        tokens[i].tag = "VBD"

    walk = Walk(
        [
            Repair(lambda *_: seen.append("earlier"), tags=VERBS),
            Repair(to_verb, tags=NOUNS),
            Repair(lambda *_: seen.append("noun"), tags=NOUNS),
            Repair(lambda *_: seen.append("verb"), tags=VERBS),
        ],
        FRAMES,
    )
    walk(tagged("routed", "NN"))
    assert seen == ["to_verb", "verb"]
