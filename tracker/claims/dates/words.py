"""The words in which English writes dates, and the numbers in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracker.resources import data_path

__all__ = ["DateWords", "any_of", "read_date_words"]


@dataclass(frozen=True, slots=True)
class DateWords:
    """Vocabulary of ``data/claims/dates_en.toml``."""

    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, int]
    feasts: dict[str, tuple[int, int]]
    times_of_day: tuple[str, ...]
    early_hours: frozenset[str]
    late_hours: frozenset[str]
    numbers: dict[str, float]
    ordinals: dict[str, int]
    kinds: dict[str, str]
    undertaken: tuple[str, ...]
    brought_about: tuple[str, ...]
    back_reference: frozenset[str]
    short_months: frozenset[str]
    other_months: frozenset[str]


@cache
def read_date_words() -> DateWords:
    """Read the vocabulary."""
    raw: dict[str, Any] = tomllib.loads(data_path("claims", "dates_en.toml").read_text(encoding="utf-8"))
    others = tomllib.loads(data_path("claims", "months_other.toml").read_text(encoding="utf-8"))
    elsewhere = {name: k for table in others.values() for k, name in enumerate(table["months"], start=1)}
    return DateWords(
        months={**elsewhere, **raw["months"], **raw["short_months"]},
        weekdays=raw["weekdays"],
        seasons=raw["seasons"],
        feasts={name: (month, day) for name, (month, day) in raw["feasts"].items()},
        times_of_day=tuple(raw["times_of_day"]["words"]),
        early_hours=frozenset(raw["times_of_day"]["early"]),
        late_hours=frozenset(raw["times_of_day"]["late"]),
        numbers=raw["numbers"],
        ordinals=raw["ordinals"],
        kinds={word: kind for kind, words in raw["kinds"].items() for word in words},
        undertaken=tuple(raw["events"]["undertaken"]),
        brought_about=tuple(raw["events"]["brought_about"]),
        back_reference=frozenset(raw["back_reference"]["words"]),
        short_months=frozenset(raw["short_months"]),
        other_months=frozenset(elsewhere),
    )


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, longer ones first."""
    return "|".join(sorted((re.escape(word).replace(r"\ ", r"\s+") for word in words), key=lambda w: (-len(w), w)))
