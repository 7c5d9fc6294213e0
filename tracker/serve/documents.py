"""What the server says about itself: landing page, conformance, collections, links and its OpenAPI description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from tracker import __version__
from tracker.serve.asking import DEFAULT_LIMIT, MOST, Asked
from tracker.serve.collections import COLLECTIONS, Collection, Page

__all__ = ["CONFORMANCE", "CRS84", "GEOJSON", "OPENAPI", "collection", "items", "landing", "link", "openapi"]

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_JSON, _HTML = "application/json", "text/html"
CONFORMANCE = [
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}" for name in ("core", "oas30", "geojson")
]


def link(href: str, rel: str, kind: str, title: str) -> dict[str, str]:
    """Return one link (RFC 8288)."""
    return {"href": href, "rel": rel, "type": kind, "title": title}


def landing(base: str, *, title: str, notes: Sequence[str], review: bool) -> dict[str, Any]:
    """Return the landing page; `base` is the address of the server without a slash at its end."""
    links = [
        link(f"{base}/", "self", _JSON, "This page"),
        link(f"{base}/api", "service-desc", OPENAPI, "The API, described in OpenAPI 3.0"),
        link(f"{base}/conformance", "conformance", _JSON, "What of OGC API – Features it conforms to"),
        link(f"{base}/collections", "data", _JSON, "The collections"),
        link(f"{base}/map", "alternate", _HTML, "The map"),
    ]
    if review:
        links.append(link(f"{base}/review", "related", _HTML, "Claims that want a decision"))
    said = "Dated control of places, each row with the sentences that it rests on. Read from reports: no survey."
    return {"title": title, "description": " ".join([said, *notes]), "links": links}


def collection(base: str, one: Collection, extent: tuple[list[float] | None, list[str | None]]) -> dict[str, Any]:
    """Return what a client is told of one collection."""
    box, days = extent
    spatial = {"spatial": {"bbox": [box], "crs": CRS84}} if box else {}
    here = f"{base}/collections/{one.name}"
    return {
        "id": one.name,
        "title": one.title,
        "description": one.says,
        "itemType": "feature",
        "crs": [CRS84],
        "extent": spatial
        | {"temporal": {"interval": [days], "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"}},
        "links": [
            link(here, "self", _JSON, one.title),
            link(f"{here}/items", "items", GEOJSON, f"{one.title}: the features"),
        ],
    }


def items(base: str, one: Collection, page: Page, asked: Asked, params: Mapping[str, str]) -> dict[str, Any]:
    """Return a page of features with links to itself and its neighbours."""
    here = f"{base}/collections/{one.name}"

    def paged(offset: int) -> str:
        told = {**params, "limit": str(asked.limit), "offset": str(offset)}
        return f"{here}/items?{urlencode(told)}"

    links = [
        link(f"{here}/items?{urlencode(params)}" if params else f"{here}/items", "self", GEOJSON, "This page"),
        link(here, "collection", _JSON, one.title),
    ]
    after = asked.offset + len(page.features)
    if page.features and after < page.matched:
        links.append(link(paged(after), "next", GEOJSON, "The next page"))
    if asked.offset:
        links.append(link(paged(max(0, asked.offset - asked.limit)), "prev", GEOJSON, "The page before"))
    return {
        "type": "FeatureCollection",
        "links": links,
        "numberMatched": page.matched,
        "numberReturned": len(page.features),
        "features": page.features,
    }


def openapi(base: str, *, title: str, writable: bool) -> dict[str, Any]:
    """Return the description of the API in OpenAPI 3.0.3."""
    paths: dict[str, Any] = {
        "/": _get("landing", "What is here", _ok(_JSON, "landing")),
        "/conformance": _get("conformance", "What the server conforms to", _ok(_JSON, "conformance")),
        "/collections": _get("collections", "All collections", _ok(_JSON, "collections")),
        "/collections/{collectionId}": _get("collection", "One collection", _ok(_JSON, "collection"), ["collectionId"]),
        "/collections/{collectionId}/items": _get(
            "items",
            "Features of a collection",
            _ok(GEOJSON, "items"),
            ["collectionId", "bbox", "datetime", "limit", "offset", "known_by"],
        ),
        "/collections/{collectionId}/items/{featureId}": _get(
            "item", "One feature", _ok(GEOJSON, "item"), ["collectionId", "featureId", "known_by"]
        ),
        "/map": _get("map", "The map", _ok(_HTML)),
        "/review": _get("review", "Claims that want a decision, the most important first", _ok(_HTML), ["limit"]),
    }
    if writable:
        paths["/review/judgements"] = {"post": _POST}
    return {
        "openapi": "3.0.3",
        "info": {"title": title, "version": __version__, "description": "OGC API – Features, read from reports."},
        "servers": [{"url": base}],
        "paths": paths,
        "components": {
            "parameters": _PARAMETERS,
            "schemas": _SCHEMAS,
            "responses": {
                "Problem": {
                    "description": "What was asked for can't be answered.",
                    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}},
                }
            },
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _get(name: str, summary: str, answer: dict[str, Any], parameters: Sequence[str] = ()) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": name,
        "summary": summary,
        "responses": {"200": answer, "default": {"$ref": "#/components/responses/Problem"}},
    }
    if parameters:
        told["parameters"] = [{"$ref": f"#/components/parameters/{p}"} for p in parameters]
    return {"get": told}


def _ok(kind: str, schema: str | None = None) -> dict[str, Any]:
    told = {"schema": {"$ref": f"#/components/schemas/{schema}"} if schema else {"type": "string"}}
    return {"description": "Found.", "content": {kind: told}}


def _parameter(name: str, where: str, says: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "in": where, "description": says, "required": where == "path", "schema": schema, **more}


_PARAMETERS = {
    "collectionId": _parameter("collectionId", "path", "A collection.", {"type": "string", "enum": [*COLLECTIONS]}),
    "featureId": _parameter("featureId", "path", "Id of a feature.", {"type": "string"}),
    "bbox": _parameter(
        "bbox", "query", "west,south,east,north in degrees (CRS84); west above east crosses the antimeridian.",
        {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}, style="form", explode=False,
    ),
    "datetime": _parameter(
        "datetime", "query", "A day or moment of valid time, or two with / between them; .. is open.",
        {"type": "string"}, style="form", explode=False,
    ),
    "limit": _parameter(
        "limit", "query", "Most features on a page.",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT}, style="form", explode=False,
    ),
    "offset": _parameter(
        "offset", "query", "How many features to pass over.", {"type": "integer", "minimum": 0, "default": 0}
    ),
    "known_by": _parameter(
        "known_by", "query", "Day of known time: reports published later are left out.",
        {"type": "string", "format": "date"},
    ),
}  # fmt: skip

_TEXT = {"type": "string"}
_LINKS = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}


def _object(required: Sequence[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties}


_SCHEMAS = {
    "link": _object(["href", "rel"], href=_TEXT, rel=_TEXT, type=_TEXT, title=_TEXT),
    "landing": _object(["links"], title=_TEXT, description=_TEXT, links=_LINKS),
    "conformance": _object(["conformsTo"], conformsTo={"type": "array", "items": _TEXT}),
    "collection": _object(
        ["id", "links"],
        id=_TEXT,
        title=_TEXT,
        description=_TEXT,
        links=_LINKS,
        extent={"type": "object"},
        itemType=_TEXT,
        crs={"type": "array", "items": _TEXT},
    ),
    "collections": _object(
        ["links", "collections"],
        links=_LINKS,
        collections={"type": "array", "items": {"$ref": "#/components/schemas/collection"}},
    ),
    "item": _object(
        ["type", "geometry", "properties"],
        type={"type": "string", "enum": ["Feature"]},
        id=_TEXT,
        geometry={"type": "object", "nullable": True},
        properties={"type": "object", "nullable": True},
        links=_LINKS,
    ),
    "items": _object(
        ["type", "features"],
        type={"type": "string", "enum": ["FeatureCollection"]},
        features={"type": "array", "items": {"$ref": "#/components/schemas/item"}},
        links=_LINKS,
        numberMatched={"type": "integer", "minimum": 0},
        numberReturned={"type": "integer", "minimum": 0},
    ),
    "problem": _object(["code"], code=_TEXT, description=_TEXT, type=_TEXT, title=_TEXT, status={"type": "integer"}),
    "judgement": _object(
        ["target", "verdict", "by"],
        target=_TEXT,
        verdict={"type": "string", "enum": ["accept", "reject", "correct", "undo"]},
        by=_TEXT,
        note=_TEXT,
        corrections={"type": "object", "additionalProperties": {"type": "string", "nullable": True}},
    ),
}

_POST = {
    "operationId": "judge",
    "summary": "Record a judgement on a claim, signed",
    "security": [{"token": []}],
    "requestBody": {
        "required": True,
        "content": {_JSON: {"schema": {"$ref": "#/components/schemas/judgement"}}},
    },
    "responses": {
        "201": {"description": "Recorded.", "content": {_JSON: {"schema": {"type": "object"}}}},
        "default": {"$ref": "#/components/responses/Problem"},
    },
}
