"""A desk -> a local web application: one page with the cards, and the few addresses that it asks.

Every address begins with a random token. Only calls to a host of the given names are answered, only calls that come
from the page itself may change something, and a body is bounded.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from lampiran.publish.quotes import Quotes
from lampiran.review.card import Card
from lampiran.review.desk import Choice, Desk, StaleError, frequent_confusions
from lampiran.review.page import page_html, shown_card, shown_state
from lampiran.review.pictures import card_pictures
from lampiran.review.settings import SERVER
from lampiran.review.view import CardView, card_views
from schema.choices import Language
from schema.decisions import DecisionFile
from schema.errors import LampiranError

_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_EMPTY, _BAD, _FORBIDDEN, _GONE, _STALE, _LARGE, _KIND = 204, 400, 403, 404, 409, 413, 415


class ReviewApp:
    """The application of one desk; `finished` is called when the page is told to close."""

    def __init__(
        self, desk: Desk, hosts: Collection[str], finished: Callable[[], None], language: Language
    ) -> None:
        self.desk = desk
        self.hosts = frozenset(hosts)
        self.finished = finished
        self.language = language
        self.token = secrets.token_urlsafe(SERVER.token_bytes)

    @cached_property
    def views(self) -> tuple[CardView, ...]:
        """What is shown of the cards."""
        return card_views(self.desk.cards, self.desk.plan, Quotes(self.desk.extraction))

    @cached_property
    def pictures(self) -> Mapping[str, bytes]:
        """The pictures of the cards, drawn when the first is asked for."""
        desk = self.desk
        return card_pictures(desk.cards, desk.plan, desk.source, desk.extraction.pages, self.language)

    def asgi(self) -> ASGIApp:
        """Return the application."""
        root = f"/{self.token}"
        routes = [
            Route("/favicon.ico", _nothing),
            Route(f"{root}/", self._page),
            Route(f"{root}/state", self._state),
            Route(f"{root}/picture/{{card}}", self._picture),
            Route(f"{root}/decide", self._decide, methods=["POST"]),
            Route(f"{root}/again", self._again, methods=["POST"]),
            Route(f"{root}/undo", self._undo, methods=["POST"]),
            Route(f"{root}/close", self._close, methods=["POST"]),
        ]
        return _Guard(Starlette(routes=routes), self.hosts)

    async def _page(self, _: Request) -> Response:
        desk = self.desk
        cards = [
            shown_card(view, len(desk.alike(view.card)), pictured=self._is_pictured(view.card))
            for view in self.views
        ]
        html = page_html(desk.plan, cards, self._shown(), by=desk.by, language=self.language)
        return Response(
            html.content, media_type="text/html", headers={"Content-Security-Policy": html.policy}
        )

    def _is_pictured(self, card: Card) -> bool:
        return self.desk.source is not None and card.place.bbox is not None

    async def _state(self, _: Request) -> Response:
        return JSONResponse(self._shown())

    def _shown(self, file: DecisionFile | None = None) -> dict[str, Any]:
        desk = self.desk
        state = shown_state(desk, file)
        decided = desk.decided(file).values()
        return {**state, "confusions": frequent_confusions(decided)}

    async def _picture(self, request: Request) -> Response:
        content = self.pictures.get(request.path_params["card"])
        return Response(content, media_type="image/png") if content else _said("no picture", _GONE)

    async def _decide(self, request: Request) -> Response:
        asked = await _body(request)
        if isinstance(asked, Response):
            return asked
        card = self.desk.card(str(asked.get("card")))
        texts = [asked.get(name) for name in ("value", "note", "by", "seen")]
        if card is None or any(not isinstance(text, str | None) for text in texts):
            return _said("no such card", _BAD)
        value, note, by, seen = texts
        if len(note or "") > SERVER.longest_text or len(by or "") > SERVER.longest_text:
            return _said("too long", _BAD)
        choice = Choice(asked.get("verdict", ""), value, note or "")
        return self._answer(
            lambda: self.desk.decide(
                card, choice, everywhere=asked.get("everywhere") is True, seen=seen or "", by=by or None
            )
        )

    async def _again(self, request: Request) -> Response:
        asked = await _body(request)
        if isinstance(asked, Response):
            return asked
        card = self.desk.card(str(asked.get("card")))
        return (
            _said("no such card", _BAD) if card is None else self._answer(lambda: self.desk.take_back(card))
        )

    async def _undo(self, request: Request) -> Response:
        asked = await _body(request)
        if isinstance(asked, Response):
            return asked
        undone: list[str] = []

        def undo() -> DecisionFile:
            file, card = self.desk.undo()
            undone.extend([] if card is None else [card.id])
            return file

        return self._answer(undo, undone)

    async def _close(self, request: Request) -> Response:
        asked = await _body(request)
        if isinstance(asked, Response):
            return asked
        self.finished()
        return JSONResponse({})

    def _answer(self, work: Callable[[], DecisionFile], undone: Sequence[str] = ()) -> Response:
        """Do some work on the file; what is answered is on the disk. `undone` are the cards that wait again."""
        try:
            return JSONResponse({**self._shown(work()), "undone": list(undone)})
        except StaleError:
            return JSONResponse({**self._shown(), "stale": True}, _STALE)
        except LampiranError as error:
            return JSONResponse({"error": {"id": error.text("id"), "en": error.text("en")}}, _BAD)


async def _nothing(_: Request) -> Response:
    """Answer what each browser asks for by itself."""
    return Response(status_code=_EMPTY)


async def _body(request: Request) -> dict[str, Any] | Response:
    """Return the JSON object of a request, or the answer to one that is too large or none."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return _said("JSON is expected", _KIND)
    read = bytearray()
    try:
        async for chunk in request.stream():
            read += chunk
            if len(read) > SERVER.largest_body:
                return _said("the body is too large", _LARGE)
        asked = json.loads(bytes(read))
    except (ClientDisconnect, ValueError, RecursionError):
        return _said("this is not JSON", _BAD)
    return asked if isinstance(asked, dict) else _said("an object is expected", _BAD)


def _said(text: str, status: int) -> Response:
    return JSONResponse({"error": {"id": text, "en": text}}, status)


class _Guard:
    """Answers only what is asked of the right host, and changes something only for the page itself."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        host = request.headers.get("host", "")
        if host not in self.hosts:
            await _said("wrong host", _FORBIDDEN)(scope, receive, send)
        elif request.method not in ("GET", "HEAD") and request.headers.get("origin") != f"http://{host}":
            await _said("wrong origin", _FORBIDDEN)(scope, receive, send)
        else:
            await self.app(scope, receive, _with_headers(send))


def _with_headers(send: Send) -> Callable[[Any], Awaitable[None]]:
    async def sent(message: Any) -> None:  # noqa: ANN401 - a message of ASGI
        if message["type"] == "http.response.start":
            extra = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
            message = {**message, "headers": [*message.get("headers", []), *extra]}
        await send(message)

    return sent
