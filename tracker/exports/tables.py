"""The tables of a GeoPackage, as a QGIS project lists them from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["TABLES", "Table", "table_named"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """
    One table.

    Attributes
    ----------
    name
        In the GeoPackage.
    title
        As a reader is shown it.
    geometry
        Type of its geometry, None when it has none.
    group
        Group in the layer tree, None at the top.
    shown, expanded
        Whether the project opens with it drawn, and with its legend unfolded.
    """

    name: str
    title: str
    geometry: str | None
    group: str | None = None
    shown: bool = True
    expanded: bool = False

    @property
    def layer_id(self) -> str:
        """The id of its layer in a project."""
        return f"tracker_{self.name}"

    @property
    def qgis_geometry(self) -> str:
        """What QGIS calls its kind of geometry."""
        if self.geometry is None:
            return "No geometry"
        return {"Point": "Point", "LineString": "Line", "Polygon": "Polygon"}[self.geometry.removeprefix("Multi")]


# Draw order: what a reader must see lies on top
TABLES = (
    Table(name="changes", title="Changes of the last seven days", geometry="Point"),
    Table(name="claims", title="Claims, on the day they were published", geometry="Point", shown=False),
    Table(name="places", title="Places", geometry="Point"),
    Table(name="approaches", title="Approaches (no control)", geometry="MultiLineString"),
    Table(name="sieges", title="Sieges", geometry="MultiLineString"),
    Table(name="areas", title="Who controls what", geometry="MultiPolygon", expanded=True),
    Table(name="base_lines", title="Borders and rivers", geometry="MultiLineString", group="Base"),
    Table(name="base_areas", title="Land and water", geometry="MultiPolygon", group="Base"),
    Table(name="evidence", title="Claims by the row that rests on them", geometry=None, group="Tables", shown=False),
    Table(name="dates", title="Days for the atlas", geometry="Polygon", group="Tables", shown=False),
    Table(name="claim_links", title="Which row rests on which claim", geometry=None, group="Tables", shown=False),
)


def table_named(name: str) -> Table:
    """Return one table."""
    return next(table for table in TABLES if table.name == name)
