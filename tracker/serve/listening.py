"""The server's own socket, on loopback."""

from __future__ import annotations

import socket
from typing import Any

from tracker.errors import MissingToolError, UsageError

__all__ = ["check_installed", "listen", "serve_forever"]


def check_installed() -> None:
    """
    Stop when the extra is not installed.

    Raises
    ------
    MissingToolError
        The message says how to get it.
    """
    try:
        import starlette  # noqa: F401, PLC0415
        import uvicorn  # noqa: F401, PLC0415
    except ImportError:
        raise MissingToolError("the server", "Try: pip install 'ground-control-tracker[serve]'.") from None


def listen(port: int) -> socket.socket:
    """
    Return a socket that listens on 127.0.0.1; port 0 takes a free one.

    Raises
    ------
    UsageError
        If the port is taken or not allowed.
    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(("127.0.0.1", port))
    except (OSError, OverflowError) as error:
        found.close()
        problem = (getattr(error, "strerror", None) or str(error)).lower()
        raise UsageError(f"port {port} of this machine can't be used ({problem}). Name another --port.") from None
    return found


def serve_forever(app: Any, at: socket.socket) -> None:
    """Serve an ASGI application until the process is interrupted."""
    import uvicorn  # noqa: PLC0415 - an extra

    settings = uvicorn.Config(
        app, log_level="warning", server_header=False, proxy_headers=False, lifespan="off", limit_concurrency=64
    )
    uvicorn.Server(settings).run(sockets=[at])
