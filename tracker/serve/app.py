"""The server as an ASGI application: routes, and what every answer carries."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tracker.errors import TrackerError
from tracker.jsonl import dump_line
from tracker.serve import documents as told
from tracker.serve.asking import ProblemError, asked_of, refuse_unknown
from tracker.serve.collections import COLLECTIONS, Collection, extent_of, page_of, row_named
from tracker.serve.holdings import Holdings
from tracker.serve.pages import PAGE_POLICY, front_page
from tracker.serve.review import MOST_BYTES, body_of, check_token, recorded, review_page

__all__ = ["LOOPBACK", "Service", "make_app"]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_REVIEWED = 50  # claims on the review page, unless asked otherwise
_CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_MAP_POLICY = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"  # beside the page's own, which has hashes
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass(frozen=True, kw_only=True)
class Service:
    """
    What is served, and to whom.

    Attributes
    ----------
    token
        Judgements are taken from who knows it; None: the server is read-only.
    hosts
        Names under which it answers, besides loopback; others are refused, so that a page
        elsewhere can't reach it by pointing its own name at this machine (DNS rebinding).
    now
        The clock by which judgements are dated.
    """

    holdings: Holdings
    title: str = "Who controls what"
    token: str | None = None
    hosts: tuple[str, ...] = ()
    now: Callable[[], dt.datetime] = field(default=lambda: dt.datetime.now(dt.UTC))


def make_app(service: Service) -> ASGIApp:
    """Return the application."""
    answers = _Answers(service)
    return Starlette(
        routes=[
            Route("/", answers.landing),
            Route("/api", answers.api),
            Route("/conformance", answers.conformance),
            Route("/collections", answers.collections),
            Route("/collections/{name}", answers.collection),
            Route("/collections/{name}/items", answers.items),
            Route("/collections/{name}/items/{fid}", answers.item),
            Route("/map", answers.map),
            Route("/review", answers.review),
            Route("/review/judgements", answers.judge, methods=["POST"]),
        ],
        middleware=[Middleware(_Fence, hosts=(*LOOPBACK, *service.hosts))],
        exception_handlers={TrackerError: _failed, HTTPException: _refused, Exception: _broken},
    )


class _Answers:
    """One method a route; those without ``async`` run in a thread, for they may fuse and draw."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._holdings = service.holdings

    def landing(self, request: Request) -> Response:
        refuse_unknown(request.query_params, ("f",))
        notes = self._holdings.layer().notes
        page = told.landing(_base(request), title=self._service.title, notes=notes, review=True)
        if not _wants_html(request):
            return _json(page)
        return HTMLResponse(front_page(page), headers={"content-security-policy": PAGE_POLICY})

    def api(self, request: Request) -> Response:
        writable = self._service.token is not None
        return _json(told.openapi(_base(request), title=self._service.title, writable=writable), told.OPENAPI)

    def conformance(self, request: Request) -> Response:
        refuse_unknown(request.query_params, ("f",))
        return _json({"conformsTo": told.CONFORMANCE})

    def collections(self, request: Request) -> Response:
        refuse_unknown(request.query_params, ("f",))
        base = _base(request)
        links = [told.link(f"{base}/collections", "self", "application/json", "The collections")]
        return _json({"links": links, "collections": [self._said(base, one) for one in COLLECTIONS.values()]})

    def collection(self, request: Request) -> Response:
        refuse_unknown(request.query_params, ("f",))
        return _json(self._said(_base(request), _collection(request)))

    def items(self, request: Request) -> Response:
        one, asked = _collection(request), asked_of(request.query_params)
        page = page_of(self._holdings.rows(one, asked.known_by), asked)
        return _json(told.items(_base(request), one, page, asked, dict(request.query_params)), told.GEOJSON)

    def item(self, request: Request) -> Response:
        one, fid = _collection(request), request.path_params["fid"]
        refuse_unknown(request.query_params, ("known_by", "f"))
        asked = asked_of(request.query_params)
        row = row_named(self._holdings.rows(one, asked.known_by), fid)
        if row is None:
            raise ProblemError(404, "NotFound", f"{one.name} has no feature {fid[:80]!r}")
        here = f"{_base(request)}/collections/{one.name}"
        links = [
            told.link(f"{here}/items/{fid}", "self", told.GEOJSON, "This feature"),
            told.link(here, "collection", "application/json", one.title),
        ]
        return _json(row.tell() | {"links": links}, told.GEOJSON)

    def map(self, request: Request) -> Response:
        from tracker.maps import MapOptions, control_map  # noqa: PLC0415 - folium takes its time
        from tracker.pipeline import CREDITS, base_shapes  # noqa: PLC0415

        refuse_unknown(request.query_params, ("known_by", "f"))
        layer = self._holdings.layer(asked_of(request.query_params).known_by)
        stages = self._holdings.stages
        names = stages.names_of({f.place_id for f in layer.features})
        options = MapOptions(subtitle=" ".join(layer.notes) or None, names=names, sources=CREDITS)
        base = base_shapes(layer, stages)
        page = control_map(layer, actors=stages.actors, title=self._service.title, base=base, options=options)
        return HTMLResponse(page.get_root().render(), headers={"content-security-policy": _MAP_POLICY})

    def review(self, request: Request) -> Response:
        refuse_unknown(request.query_params, ("limit", "f"))
        limit = asked_of(request.query_params).limit if "limit" in request.query_params else _REVIEWED
        queue = self._holdings.review(limit)
        if request.query_params.get("f") == "json":
            return _json({"items": [json.loads(dump_line(item)) for item in queue]})
        page = review_page(queue, writable=self._service.token is not None)
        return HTMLResponse(page, headers={"content-security-policy": PAGE_POLICY})

    async def judge(self, request: Request) -> Response:
        token, ledger = self._service.token, self._holdings.ledger
        if token is None or ledger is None:
            raise ProblemError(403, "ReadOnly", "the server is read-only; it was started without a token")
        _same_origin(request)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        fields = body_of(await _small_body(request), kind)
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        check_token(bearer if scheme.lower() == "bearer" else fields.pop("token", None), token)
        judgement = await run_in_threadpool(recorded, ledger, fields, self._service.now())
        await run_in_threadpool(self._holdings.refresh)
        if kind == "application/json":
            return _json(json.loads(dump_line(judgement)), status=201)
        return RedirectResponse("/review", status_code=303)

    def _said(self, base: str, one: Collection) -> dict[str, Any]:
        return told.collection(base, one, extent_of(self._holdings.rows(one)))


class _Fence:
    """
    Let in who asks for this machine by its own name, and put the same headers on every answer.

    No answer has a CORS header: a page from elsewhere can't read any.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                extra = _HEADERS | {"content-security-policy": _CLOSED}
                message["headers"] = [
                    *message["headers"],
                    *((k.encode(), v.encode()) for k, v in extra.items() if k.encode() not in present),
                ]
            await send(message)

        if _host_name(Headers(scope=scope).get("host", "")) not in self._hosts:
            problem = ProblemError(421, "MisdirectedRequest", "this server answers to names of this machine alone")
            await _problem(problem)(scope, receive, with_headers)
            return
        await self._app(scope, receive, with_headers)


def _host_name(host: str) -> str:
    """Return the name in a Host header, without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


def _same_origin(request: Request) -> None:
    """Stop a form that stands on another site."""
    origin = request.headers.get("origin")
    if origin is not None and origin != f"{request.url.scheme}://{request.headers.get('host')}":
        raise ProblemError(403, "CrossOrigin", "judgements are taken from this server's own pages alone")


async def _small_body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise ProblemError(413, "TooLarge", f"a judgement has at most {MOST_BYTES} bytes")
    return body


def _collection(request: Request) -> Collection:
    name = request.path_params["name"]
    if name not in COLLECTIONS:
        raise ProblemError(404, "NotFound", f"there is no collection {name[:80]!r}; there are {', '.join(COLLECTIONS)}")
    return COLLECTIONS[name]


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _wants_html(request: Request) -> bool:
    form = request.query_params.get("f")
    return form == "html" or (form is None and "text/html" in request.headers.get("accept", ""))


def _json(value: object, kind: str = "application/json", status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Response(body.encode("utf-8", "replace"), status_code=status, media_type=kind)


def _problem(problem: ProblemError) -> Response:
    body = {
        "code": problem.code,
        "description": problem.detail,
        "type": "about:blank",
        "title": problem.code,
        "status": problem.status,
        "detail": problem.detail,
    }
    headers = {"www-authenticate": "Bearer"} if problem.status == 401 else {}
    response = _json(body, "application/problem+json", problem.status)
    response.headers.update(headers)
    return response


def _failed(_request: Request, error: Exception) -> Response:
    """Answer an error raised on purpose: the client's is told, the server's own is not told in detail."""
    if isinstance(error, ProblemError):
        return _problem(error)
    return _problem(ProblemError(500, "ServerError", "the server can't read what it serves; its operator is told why"))


def _refused(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    words = {404: "NotFound", 405: "MethodNotAllowed"}
    return _problem(ProblemError(status, words.get(status, "Refused"), str(getattr(error, "detail", "refused"))))


def _broken(_request: Request, _error: Exception) -> Response:
    return _problem(ProblemError(500, "ServerError", "something went wrong; the server's log says what"))
