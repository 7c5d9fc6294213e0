"""Somali names as the press writes them."""

from __future__ import annotations

import re

__all__ = ["press_spelling"]

_WELL = re.compile(r"\bceel", re.IGNORECASE)  # "well of", in half of all names: El Bur, El Dher, El Wak
_AYN = re.compile(r"c(?!h)", re.IGNORECASE)


def press_spelling(name: str) -> str:
    """
    Return a name in Somali letters as foreign reports spell it: x is h, and c, the ayn, is left out.

    A name without these letters comes back as it is.

    Examples
    --------
    >>> press_spelling("Xuddur"), press_spelling("Cadaado"), press_spelling("Ceel Dheer"), press_spelling("Guriceel")
    ('Huddur', 'Adaado', 'El Dheer', 'Gurieel')
    """
    if not name.isascii():
        return name
    plain = _AYN.sub("", _WELL.sub("El ", name)).replace("X", "H").replace("x", "h").replace("  ", " ").strip()
    return plain[:1].upper() + plain[1:]
