"""Styles as QML files, for layers that were not made as a project."""

from __future__ import annotations

from pathlib import Path

from tracker.exports.layer_xml import STYLED, qml
from tracker.files import output_folder, written_whole

__all__ = ["write_styles"]


def write_styles(folder: str | Path) -> list[Path]:
    """
    Write one QML file for each table of a GeoPackage and return their paths.

    They fit any layer and any war: areas and places are classed by status and
    drawn in the colours that their rows carry.

    Raises
    ------
    OutputError
        If they can't be written.
    """
    target = output_folder(folder)
    paths = []
    for table in STYLED:
        path = target / f"{table}.qml"
        with written_whole(path) as temporary:
            temporary.write_bytes(qml(table, categories=None, actors={}).encode("utf-8"))
        paths.append(path)
    return paths
