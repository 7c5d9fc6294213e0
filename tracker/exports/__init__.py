"""Layers as files for other programs."""

from tracker.exports.days import layer_on
from tracker.exports.failures import refuse_existing
from tracker.exports.flat import LossyFormatWarning, write_flatgeobuf, write_shapefile
from tracker.exports.formats import FORMATS, Export, Format, check_export, export_layer, format_named, format_of_path
from tracker.exports.geojson import feature_object, line_object, write_geojson, write_geojson_by_date
from tracker.exports.geopackage import write_geopackage
from tracker.exports.kml import write_kml
from tracker.exports.metadata import ExportMetadata
from tracker.exports.postgis import write_postgis
from tracker.exports.qgis_project import saved_by_a_user, write_qgis_project
from tracker.exports.rows import areas_frame, row_id
from tracker.exports.style_files import write_styles
from tracker.exports.tabular import write_csv, write_geoparquet
from tracker.exports.topojson import write_topojson

__all__ = [
    "FORMATS",
    "Export",
    "ExportMetadata",
    "Format",
    "LossyFormatWarning",
    "areas_frame",
    "check_export",
    "export_layer",
    "feature_object",
    "format_named",
    "format_of_path",
    "layer_on",
    "line_object",
    "refuse_existing",
    "row_id",
    "saved_by_a_user",
    "write_csv",
    "write_flatgeobuf",
    "write_geojson",
    "write_geojson_by_date",
    "write_geopackage",
    "write_geoparquet",
    "write_kml",
    "write_postgis",
    "write_qgis_project",
    "write_shapefile",
    "write_styles",
    "write_topojson",
]
