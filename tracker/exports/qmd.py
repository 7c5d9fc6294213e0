"""QGIS's own metadata document (QMD), for projects and for tables."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from tracker.exports.metadata import ExportMetadata, abstract_of, provenance_of, sources_of
from tracker.exports.symbols import document_of, text_element
from tracker.model import Layer

__all__ = ["fill_metadata", "qmd"]


def fill_metadata(element: Element, layer: Layer, metadata: ExportMetadata, *, title: str) -> Element:
    """Add title, abstract, keywords, provenance and licence to an element and return it."""
    text_element(element, "identifier")
    text_element(element, "parentidentifier")
    text_element(element, "language", "en")
    text_element(element, "type", "dataset")
    text_element(element, "title", title)
    text_element(element, "abstract", abstract_of(layer, metadata))
    keywords = SubElement(element, "keywords", {"vocabulary": "gmd:topicCategory"})
    text_element(keywords, "keyword", "intelligenceMilitary")  # ISO 19115 topic category
    sources = SubElement(element, "keywords", {"vocabulary": "sources"})
    for source in sources_of(layer):
        text_element(sources, "keyword", source)
    for line in provenance_of(layer):
        text_element(element, "history", line)
    text_element(
        element, "license", metadata.licence or "Not stated by its maker. See the history for the data it is built on."
    )
    text_element(element, "encoding", "UTF-8")
    return element


def qmd(layer: Layer, metadata: ExportMetadata, *, title: str) -> str:
    """Return the document as text."""
    root = fill_metadata(Element("qgis", {"version": "3.22.16"}), layer, metadata, title=title)
    return document_of(root)
