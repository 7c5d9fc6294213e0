"""
QGIS symbols as XML elements, in the form that QGIS 3.18 and later read.

Lengths are millimetres on the screen or page, angles degrees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tracker.exports.texts import storable

__all__ = [
    "Property",
    "data_defined",
    "document_of",
    "options",
    "rgba",
    "symbol",
    "symbol_layer",
    "text_element",
]

Property = tuple[str, str]  # ("field", name) or ("expression", text)


def document_of(root: Element) -> str:
    """Return an element as one of QGIS's documents."""
    indent(root, " ")
    body = storable(tostring(root, encoding="unicode"))
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{body}\n"


def text_element(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Add a child with a text and return it."""
    child = SubElement(parent, tag, {name: storable(value) for name, value in attributes.items()})
    child.text = storable(text)
    return child


def rgba(colour: str, alpha: int = 255) -> str:
    """
    Return ``#rrggbb`` as QGIS writes it.

    Examples
    --------
    >>> rgba("#c8102e")
    '200,16,46,255'
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"


def options(values: Mapping[str, object], *, name: str | None = None) -> Element:
    """Return nested ``Option`` elements; the type of each follows its value."""
    attributes = {"type": "Map"} if name is None else {"name": name, "type": "Map"}
    element = Element("Option", attributes)
    for key, value in values.items():
        if isinstance(value, Mapping):
            element.append(options(value, name=key))
        elif isinstance(value, bool):
            SubElement(element, "Option", {"name": key, "type": "bool", "value": str(value).lower()})
        elif isinstance(value, int):
            SubElement(element, "Option", {"name": key, "type": "int", "value": str(value)})
        else:
            SubElement(element, "Option", {"name": key, "type": "QString", "value": storable(str(value))})
    return element


def data_defined(properties: Mapping[str, Property], *, tag: str = "data_defined_properties") -> Element:
    """Return the element that ties symbol or layout properties to fields or expressions."""
    kinds = {"field": 2, "expression": 3}  # QgsProperty::Type
    inner = {
        key: {"active": True, kind: content, "type": kinds[kind]} for key, (kind, content) in sorted(properties.items())
    }
    element = Element(tag)
    element.append(options({"name": "", "properties": inner, "type": "collection"}))
    return element


def symbol_layer(
    kind: str,
    values: Mapping[str, object],
    *,
    defined: Mapping[str, Property] | None = None,
    inner: Element | None = None,
) -> Element:
    """
    Return one layer of a symbol.

    Parameters
    ----------
    kind
        QGIS class, such as ``SimpleFill``, ``LinePatternFill``, ``SimpleLine``, ``MarkerLine`` or ``SimpleMarker``.
    values
        Its settings; QGIS takes its own default for the others.
    defined
        Settings tied to fields or expressions.
    inner
        Symbol of the lines, markers or fill that it is built of.
    """
    element = Element("layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"})
    element.append(options({key: str(value) for key, value in values.items()}))
    if defined:
        element.append(data_defined(defined))
    if inner is not None:
        element.append(inner)
    return element


def symbol(
    kind: str, layers: Sequence[Element], *, name: str = "0", opacity: str | None = None, alpha: float = 1.0
) -> Element:
    """
    Return a symbol of ``marker``, ``line`` or ``fill`` layers, drawn in their order.

    `opacity` is an expression that gives percent; it takes the place of `alpha`.
    """
    element = Element(
        "symbol", {"name": name, "type": kind, "alpha": f"{alpha:g}", "clip_to_extent": "1", "force_rhr": "0"}
    )
    if opacity:
        element.append(data_defined({"alpha": ("expression", opacity)}))
    for number, layer in enumerate(layers):
        inner = layer.find("symbol")
        if inner is not None:
            inner.set("name", f"@{name}@{number}")
        element.append(layer)
    return element
