"""
One HTTP POST with JSON, bounded in every way: time, size, tries, and never sent on to another host.

The standard library's client is enough: no redirects, no proxies, no cookies.
"""

from __future__ import annotations

import http.client
import ssl
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field

from tracker.errors import ExtractorError, UsageError

__all__ = ["MOST_BYTES", "Endpoint", "UnansweredError"]

MOST_BYTES = 2 * 1024 * 1024  # two hundred claims with their quotes are 200 kB
_MOST_WAIT_S = 20.0  # whatever a server asks for
_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_THIS_REPORT = frozenset({400, 413, 422})  # too long, or words that the server refuses
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_NAME = "endpoint"


class UnansweredError(Exception):
    """No usable answer to one question; another report may still be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """
    Where to ask, and how long to wait.

    Attributes
    ----------
    url
        Base address, such as ``http://localhost:8000/v1``.
    key
        Sent as a bearer token; never shown, not even in `repr`.
    timeout_s
        Of one try, from connecting to the last byte.
    tries
        At most so many for one question.
    pause
        Waits between tries, in seconds.

    Raises
    ------
    UsageError
        If the address is not http(s), carries a password, or would send the key unencrypted over a network.
    """

    url: str
    key: str | None = field(default=None, repr=False)
    timeout_s: float = 60.0
    tries: int = 3
    pause: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        try:
            parts = urllib.parse.urlsplit(self.url)
            host, _ = parts.hostname, parts.port
        except ValueError:
            host = None
            parts = urllib.parse.urlsplit("")
        if parts.scheme not in {"http", "https"} or not host or parts.username or parts.query or parts.fragment:
            raise UsageError("the endpoint's url must be like https://host/v1, without name, password or query.")
        if self.key and parts.scheme == "http" and host not in _LOOPBACK:
            raise UsageError("a key is sent over https only, or to this machine. Change the endpoint's url.")
        if self.key and not (self.key.isascii() and self.key.isprintable()):
            raise UsageError("the endpoint's key has characters that no key has. Set TRACKER_ENDPOINT_KEY again.")

    def ask(self, path: str, body: bytes) -> bytes:
        """
        Post JSON and return the answer's body.

        Raises
        ------
        UnansweredError
            If the server fails, is too slow, or says too much, after all tries.
        ExtractorError
            If no question will do better: the key is refused, or the server sends one elsewhere.
        """
        problem = ""
        for attempt in range(self.tries):
            wait = min(2.0**attempt, _MOST_WAIT_S)
            try:
                status, answer, asked_wait = self._once(path, body)
            except (OSError, http.client.HTTPException) as error:
                problem = f"the endpoint can't be reached or broke off ({type(error).__name__})"
            else:
                if status == http.HTTPStatus.OK:
                    return answer
                problem = f"the endpoint answers {status}"
                _refuse_for_good(status)
                if status not in _AGAIN:
                    break
                wait = min(asked_wait if asked_wait is not None else wait, _MOST_WAIT_S)
            if attempt + 1 < self.tries:
                self.pause(wait)
        raise UnansweredError(problem)

    def _once(self, path: str, body: bytes) -> tuple[int, bytes, float | None]:
        parts = urllib.parse.urlsplit(self.url)
        deadline = time.monotonic() + self.timeout_s
        host = parts.hostname or ""
        if parts.scheme == "https":
            context = ssl.create_default_context()
            made: http.client.HTTPConnection = http.client.HTTPSConnection(
                host, parts.port, timeout=self.timeout_s, context=context
            )
        else:
            made = http.client.HTTPConnection(host, parts.port, timeout=self.timeout_s)
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        try:
            made.request("POST", parts.path.rstrip("/") + path, body=body, headers=headers)
            response = made.getresponse()
            asked = response.getheader("Retry-After") or ""
            answer = _read(response, made, deadline) if response.status == http.HTTPStatus.OK else b""
        finally:
            made.close()
        return response.status, answer, float(asked) if asked.isascii() and asked.isdigit() else None


def _read(response: http.client.HTTPResponse, made: http.client.HTTPConnection, deadline: float) -> bytes:
    """Read an answer piece by piece, so that neither a flood nor a trickle holds us."""
    pieces: list[bytes] = []
    size = 0
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if made.sock is not None:
            made.sock.settimeout(left)
        piece = response.read1(65536)
        if not piece:
            break
        size += len(piece)
        if size > MOST_BYTES:
            raise UnansweredError(f"the endpoint's answer is longer than {MOST_BYTES // 2**20} MiB")
        pieces.append(piece)
    if response.length:
        raise http.client.IncompleteRead(b"")
    return b"".join(pieces)


def _refuse_for_good(status: int) -> None:
    if 300 <= status < 400:
        raise ExtractorError(
            _NAME, f"the endpoint sends one elsewhere ({status})", cure="Give the address it leads to."
        )
    if 400 <= status < 500 and status not in _AGAIN | _THIS_REPORT:
        cure = "Check TRACKER_ENDPOINT_KEY, the url and the model."
        raise ExtractorError(_NAME, f"the endpoint refuses ({status})", cure=cure)
