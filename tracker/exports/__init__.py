"""Layers as files for other programs."""

from tracker.exports.failures import refuse_existing
from tracker.exports.geojson import write_geojson, write_geojson_by_date
from tracker.exports.geopackage import write_geopackage
from tracker.exports.metadata import ExportMetadata
from tracker.exports.qgis_project import write_qgis_project

__all__ = [
    "ExportMetadata",
    "refuse_existing",
    "write_geojson",
    "write_geojson_by_date",
    "write_geopackage",
    "write_qgis_project",
]
