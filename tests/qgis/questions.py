"""
What the tests ask of QGIS. Runs under Debian's Python, which has PyQGIS; prints one line of JSON.

    QT_QPA_PLATFORM=offscreen /usr/bin/python3 questions.py project control.qgz
"""

import json
import sys

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsLayoutExporter,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsSymbol,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QSize, Qt, QTime

application = QgsApplication([], False)  # noqa: FBT003 - no windows
application.initQgis()
warnings = []
QgsApplication.messageLog().messageReceived.connect(
    lambda text, tag, level: warnings.append(f"{tag}: {text}") if level in (Qgis.Warning, Qgis.Critical) else None
)


def frame(day):
    """Return the temporal controller's frame of one day."""
    begin = QDateTime(QDate.fromString(day, "yyyy-MM-dd"), QTime(0, 0), Qt.UTC)
    return QgsDateTimeRange(begin, begin.addDays(1), True, False)  # noqa: FBT003 - half-open


def opened(path):
    project = QgsProject.instance()
    assert project.read(path), project.error()
    return project


def under_filter(layer, day):
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    text = layer.temporalProperties().createFilterString(context, frame(day))
    return list(layer.getFeatures(QgsFeatureRequest().setFilterExpression(text)))


def colour_of(symbol):
    return symbol.symbolLayer(0).color().name()


def project(path):
    found = opened(path)
    layers = {}
    for key, layer in found.mapLayers().items():
        renderer = layer.renderer()
        layers[key.removeprefix("tracker_")] = {
            "valid": layer.isValid(),
            "crs": layer.crs().authid(),
            "rows": layer.featureCount(),
            "renderer": renderer.type() if renderer else None,
            "temporal": layer.temporalProperties().isActive(),
            "labels": layer.labelsEnabled(),
            "tip": bool(layer.mapTipTemplate()),
            "title": layer.metadata().title(),
            "abstract": layer.metadata().abstract(),
            "licences": layer.metadata().licenses(),
            "history": layer.metadata().history(),
        }
    areas = found.mapLayer("tracker_areas")
    times = found.timeSettings()
    return {
        "title": found.title(),
        "crs": found.crs().authid(),
        "layers": layers,
        "categories": {
            c.value(): {"label": c.label(), "colour": colour_of(c.symbol()), "layers": c.symbol().symbolLayerCount()}
            for c in areas.renderer().categories()
        },
        "order": [layer.id().removeprefix("tracker_") for layer in found.layerTreeRoot().layerOrder()],
        "shown": sorted(layer.id().removeprefix("tracker_") for layer in found.layerTreeRoot().checkedLayers()),
        "range": [
            moment.toString(Qt.ISODate) for moment in (times.temporalRange().begin(), times.temporalRange().end())
        ],
        "step": [times.timeStep(), int(times.timeStepUnit())],
        "navigation": found.readNumEntry("TemporalControllerWidget", "/NavigationMode", 0)[0],
        "relations": {key: value.isValid() for key, value in found.relationManager().relations().items()},
        "layouts": [layout.name() for layout in found.layoutManager().layouts()],
        "warnings": warnings,
    }


def counts(path, *days):
    areas = opened(path).mapLayer("tracker_areas")
    return {day: len(under_filter(areas, day)) for day in days}


def counts_without_project(path, *days):
    areas = QgsVectorLayer(f"{path}|layername=areas", "areas", "ogr")
    areas.loadDefaultStyle()  # QGIS's "Restore default style": by itself it leaves time out
    return {day: len(under_filter(areas, day)) for day in days}


def picture(path, day, out, *bounds):
    return drawn(opened(path), day, out, bounds)


def picture_with_styles(path, day, out, folder, *bounds):
    """Draw the project with QML files in place of its own styles."""
    found = opened(path)
    for name in ("areas", "places", "sieges", "approaches", "changes"):
        message, loaded = found.mapLayer(f"tracker_{name}").loadNamedStyle(f"{folder}/{name}.qml")
        assert loaded, message
    return drawn(found, day, out, bounds)


def drawn(found, day, out, bounds):
    root = found.layerTreeRoot()
    settings = QgsMapSettings()
    settings.setLayers([layer for layer in root.layerOrder() if layer in root.checkedLayers()])
    settings.setDestinationCrs(found.crs())
    extent = QgsRectangle(found.viewSettings().defaultViewExtent())
    if bounds:
        to_map = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), found.crs(), found)
        extent = to_map.transformBoundingBox(QgsRectangle(*map(float, bounds)))
    settings.setExtent(extent)
    settings.setOutputSize(QSize(900, 700))
    settings.setOutputDpi(96)
    settings.setBackgroundColor(found.backgroundColor())
    settings.setTransformContext(found.transformContext())
    settings.setIsTemporal(True)
    settings.setTemporalRange(frame(day))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(out)
    shades = {}
    for x in range(0, 900, 2):
        for y in range(0, 700, 2):
            name = image.pixelColor(x, y).name()
            shades[name] = shades.get(name, 0) + 1
    return {"errors": [error.message for error in job.errors()], "shades": shades}


def tip(path, layer_name, where):
    layer = opened(path).mapLayer(f"tracker_{layer_name}")
    feature = next(layer.getFeatures(QgsFeatureRequest().setFilterExpression(where)))
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    return QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)


def claims(path, where):
    found = opened(path)
    layer = found.mapLayer("tracker_areas")
    feature = next(layer.getFeatures(QgsFeatureRequest().setFilterExpression(where)))
    relation = found.relationManager().relation("area_evidence")
    rows = [[row["stance"], row["quote"], row["url"]] for row in relation.getRelatedFeatures(feature)]
    form = layer.editFormConfig()
    tabs = [tab.name() for tab in form.invisibleRootContainer().children()]
    evidence = found.mapLayer("tracker_evidence")
    url = evidence.fields().indexOf("url")
    return {"rows": sorted(rows), "tabs": tabs, "link": evidence.editorWidgetSetup(url).type()}


def atlas(path, folder):
    found = opened(path)
    layout = found.layoutManager().layoutByName("Control map")
    # As a reader sees it who opens the layout and exports it without turning the atlas on
    unturned = layout.itemById("map").temporalRange()
    day = {"range": [moment.date().toString("yyyy-MM-dd") for moment in (unturned.begin(), unturned.end())]}
    day["date"] = layout.itemById("date").currentText()
    pages = layout.atlas()
    pages.setFilenameExpression("'page-' || \"label\"")
    exporter = QgsLayoutExporter(layout)
    made = {"pages": pages.updateFeatures(), "unturned": day}
    made["pdf"] = int(
        QgsLayoutExporter.exportToPdf(pages, f"{folder}/atlas.pdf", QgsLayoutExporter.PdfExportSettings())[0]
    )
    pages.beginRender()
    shown = []
    for number in range(made["pages"]):
        pages.seekTo(number)
        pages.refreshCurrentFeature()
        shown.append(layout.itemById("map").temporalRange().begin().date().toString("yyyy-MM-dd"))
        if number in (0, made["pages"] - 1):
            settings = QgsLayoutExporter.ImageExportSettings()
            settings.dpi = 100
            exporter.exportToImage(f"{folder}/page-{number}.png", settings)
    pages.endRender()
    made["shown"] = shown
    made["date"] = layout.itemById("date").currentText()
    made["sources"] = layout.itemById("sources").currentText()
    made["legend"] = layout.itemById("legend").rect().width()
    return made


def dragged_in(path, *tables):
    """Return what QGIS makes of tables that are dragged in without the project."""
    told = {}
    for table in tables:
        layer = QgsVectorLayer(f"{path}|layername={table}", table, "ogr")
        told[table] = {
            "valid": layer.isValid(),
            "renderer": layer.renderer().type(),
            "title": layer.metadata().title(),
        }
    return told


def change(path, title):
    """Change a project as its user would: its title, and what is switched on."""
    found = opened(path)
    found.setTitle(title)
    found.layerTreeRoot().findLayer("tracker_claims").setItemVisibilityChecked(True)
    assert found.write(path)
    return found.title()


def styles(gpkg, *paths):
    """Load QML files on the table that each is named after."""
    told = {}
    for path in paths:
        table = path.rpartition("/")[2].removesuffix(".qml")
        layer = QgsVectorLayer(f"{gpkg}|layername={table}", table, "ogr")
        message, loaded = layer.loadNamedStyle(path)
        told[table] = {"loaded": loaded, "message": message, "renderer": layer.renderer().type()}
    return told


def vector(path, *names):
    """Read any file as QGIS does."""
    told = {}
    for name in names or ("",):
        layer = QgsVectorLayer(f"{path}|layername={name}" if name else path, "x", "ogr")
        told[name] = {
            "valid": layer.isValid(),
            "crs": layer.crs().authid(),
            "rows": layer.featureCount(),
            "fields": [field.name() for field in layer.fields()],
        }
    return told


def looks(path):
    """Tell how areas are filled and places named: what the picture alone does not show."""
    found = opened(path)
    areas, places = (found.mapLayer(f"tracker_{name}") for name in ("areas", "places"))
    fills = {}
    for category in areas.renderer().categories():
        symbol = category.symbol()
        opacity = symbol.dataDefinedProperties().property(QgsSymbol.PropertyOpacity)
        kinds = [symbol.symbolLayer(n).layerType() for n in range(symbol.symbolLayerCount())]
        fills[str(category.value())] = {"layers": kinds, "opacity": opacity.expressionString()}
    rules = places.labeling().rootRule().children()
    return {
        "fills": fills,
        "labels": places.labeling().type(),
        "rules": [[r.description(), r.filterExpression(), r.maximumScale(), r.minimumScale()] for r in rules],
        "parsed": [QgsExpression(r.filterExpression()).hasParserError() for r in rules],
        "layouts": {
            layout.name(): {
                "items": sorted({type(item).__name__ for item in layout.items() if hasattr(item, "displayName")}),
                "atlas": layout.atlas().enabled() and layout.atlas().coverageLayer().name(),
            }
            for layout in found.layoutManager().layouts()
        },
    }


def oapif(address, *names):
    """Open collections of an OGC API – Features server as QGIS's own provider does."""
    told = {}
    for name in names:
        layer = QgsVectorLayer(f"url='{address}' typename='{name}' pageSize='2'", name, "OAPIF")
        rows = list(layer.getFeatures())
        box = QgsFeatureRequest().setFilterRect(QgsRectangle(38.9, 35.8, 39.1, 36.1))
        told[name] = {
            "valid": layer.isValid(),
            "crs": layer.crs().authid(),
            "fields": [field.name() for field in layer.fields()],
            "rows": len(rows),
            "names": sorted({row["name"] for row in rows}),
            "in_box": sorted({row["name"] for row in layer.getFeatures(box)}),
            "drawn": all(row.geometry().isGeosValid() for row in rows),
        }
    return told


def postgis(address, schema, *names):
    """Open tables and views of a database as QGIS's own provider does."""
    told = {}
    for name in names:
        key = "key='area_id' " if name == "areas_now" else ""
        source = f'{address} {key}srid=4326 table="{schema}"."{name}" (geom)'
        layer = QgsVectorLayer(source, name, "postgres")
        told[name] = {
            "valid": layer.isValid(),
            "crs": layer.crs().authid(),
            "rows": layer.featureCount(),
            "days": [field.typeName() for field in layer.fields() if field.name() in ("start", "end")],
            "renderer": layer.renderer().type(),
        }
    return told


answer = globals()[sys.argv[1]](*sys.argv[2:])
print(json.dumps(answer))  # noqa: T201
sys.stdout.flush()
application.exitQgis()
