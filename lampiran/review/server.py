"""A desk -> a local web server that ends when the page is closed or the call is interrupted."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import ip_address

import uvicorn

from lampiran.review.app import ReviewApp
from lampiran.review.desk import Desk
from schema.choices import Language
from schema.errors import UsageError
from schema.system_reasons import reason_of

LOOPBACK = "127.0.0.1"


def serve(
    desk: Desk,
    *,
    language: Language,
    host: str = LOOPBACK,
    port: int = 0,
    allow_remote: bool = False,
    started: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve the page of a desk until it is closed; `started` is told its address, with the token.

    `port` 0 takes a free one. Raises `UsageError` for a host that other machines can reach unless `allow_remote`, and
    where the port is taken.
    """
    if not allow_remote and not is_loopback(host):
        raise UsageError(
            id=f"{host} dapat dijangkau mesin lain; halaman ini hanya untuk mesin sendiri. Pakai --allow-remote bila memang dikehendaki.",
            en=f"Other machines can reach {host}; this page is for your own machine only. Use --allow-remote if that is what you want.",
        )
    with _listening(host, port) as listener:
        number = listener.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        names = {f"{shown}:{number}", f"localhost:{number}"}
        server = _Server(uvicorn.Config("", log_level="error", lifespan="off", ws="none", access_log=False))
        app = ReviewApp(desk, names, server.finish, language)
        server.config.app = app.asgi()
        server.told = lambda: started(f"http://{shown}:{number}/{app.token}/")
        server.run(sockets=[listener])


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach a host."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        reason = reason_of(error)
        raise UsageError(
            id=f"Halaman tidak dapat dibuka di {host}:{port}: {reason.id}. Pilih --port lain.",
            en=f"The page cannot be opened at {host}:{port}: {reason.en}. Choose another --port.",
        ) from error
    return listener


class _Server(uvicorn.Server):
    """A server that says when it listens, and can be told to end."""

    told: Callable[[], None] = staticmethod(lambda: None)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self.told()

    def finish(self) -> None:
        self.should_exit = True
