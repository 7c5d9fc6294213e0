"""Lists of words that the rules look at: data, one file a language."""

from __future__ import annotations

import tomllib
from functools import cache

from tracker.errors import InputError
from tracker.resources import data_path

__all__ = ["pairs", "words"]


@cache
def _lists(language: str) -> dict[str, dict[str, list[str]]]:
    path = data_path("frames", f"{language}_words.toml")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"this is no TOML ({error})", path=path, cure="Mend the line.") from None


@cache
def words(group: str, name: str, language: str = "en") -> frozenset[str]:
    """
    Return one list of words.

    Raises
    ------
    InputError
        If the file has no such list.

    Examples
    --------
    >>> "monday" in words("entities", "prose")
    True
    """
    try:
        return frozenset(_lists(language)[group][name])
    except KeyError:
        path = data_path("frames", f"{language}_words.toml")
        raise InputError(f"no list {name!r} in [{group}]", path=path, cure="Install the package again.") from None


def pairs(group: str, name: str, language: str = "en") -> dict[str, str]:
    """
    Return one table of words and what stands for them.

    Raises
    ------
    InputError
        If the file has no such table.

    Examples
    --------
    >>> pairs("parser", "shown")["retook"]
    'recaptured'
    """
    words(group, name, language)  # raises where there is none
    return dict(_lists(language)[group][name])  # type: ignore[arg-type]
