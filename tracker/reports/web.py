"""Pages and feeds fetched from the web, when a user asks for it: bounded, and never from inside the own network."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import urllib.parse
from dataclasses import dataclass

from tracker.errors import InputError

__all__ = ["Fetched", "fetch"]

TIMEOUT_S = 20.0
MOST_BYTES = 16 * 1024 * 1024  # a page with its scripts is 2–5 MB; more is no report
MOST_REDIRECTS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood behind a URL, and the URL after all redirects."""

    url: str
    body: bytes


def fetch(url: str, *, allow_private: bool = False) -> Fetched:
    """
    Fetch one page or feed over http or https.

    The address is looked up once, checked, and connected to as checked, so that
    a name can't point elsewhere between the two.

    Parameters
    ----------
    allow_private
        Whether addresses of the own machine and network may be asked.

    Raises
    ------
    InputError
        If the URL is not http(s), leads to a private address, answers with an
        error, too slowly, or with more than `MOST_BYTES`.
    """
    asked = url
    for _ in range(MOST_REDIRECTS + 1):
        answer, onward = _ask(asked, allow_private=allow_private)
        if onward is None:
            return Fetched(asked, answer)
        asked = urllib.parse.urljoin(asked, onward)
    raise InputError(f"more than {MOST_REDIRECTS} redirects", path=url, cure="Give the address that they lead to.")


def _ask(url: str, *, allow_private: bool) -> tuple[bytes, str | None]:
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError("only http and https addresses are fetched", path=url, cure="Save the page to a file.")
    try:
        connection = _connect(parts, url, allow_private=allow_private)
    except InputError:
        raise
    except (OSError, ValueError) as error:
        raise InputError(f"can't be reached ({error})", path=url, cure="Check the address and the network.") from None
    try:
        path = urllib.parse.urlunsplit(("", "", parts.path or "/", parts.query, ""))
        headers = {
            "User-Agent": "tracker",
            "Accept-Encoding": "identity",
            "Accept": "text/html,application/xml,*/*;q=0.5",
        }
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        if response.status in _MOVED and response.getheader("Location"):
            return b"", response.getheader("Location")
        if response.status != http.HTTPStatus.OK:
            raise InputError(f"the server answers {response.status} {response.reason}", path=url, cure="Try it later.")
        body = response.read(MOST_BYTES + 1)
    except (OSError, http.client.HTTPException) as error:
        raise InputError(f"broke off ({error})", path=url, cure="Try it again.") from None
    finally:
        connection.close()
    if len(body) > MOST_BYTES:
        raise InputError(f"more than {MOST_BYTES // 2**20} MiB", path=url, cure="Save the report's words to a file.")
    return body, None


def _connect(parts: urllib.parse.SplitResult, url: str, *, allow_private: bool) -> http.client.HTTPConnection:
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    address = _checked_address(host, port, url, allow_private=allow_private)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_S)
    plain = socket.create_connection((address, port), timeout=TIMEOUT_S)
    connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
    return connection


def _checked_address(host: str, port: int, url: str, *, allow_private: bool) -> str:
    """Return the first address of a host; refuse it when any of its addresses is not public."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        if not allow_private and not ipaddress.ip_address(address.partition("%")[0]).is_global:
            raise InputError(
                f"{host} is in a private network ({address})", path=url, cure="Save the page to a file and add that."
            )
    return found[0]
