"""The local server: it answers its own page only, takes what is bounded, and ends when it is told."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Any
from urllib.parse import urlsplit

import pytest

from lampiran.decisions import load_decisions
from lampiran.review.desk import Desk
from lampiran.review.server import is_loopback, serve
from lampiran.review.settings import SERVER
from schema.errors import UsageError

HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(1)">'


@dataclass
class Served:
    """A running server, and calls to it as a program makes them."""

    host: str
    root: str
    desk: Desk

    def call(
        self,
        path: str,
        body: object = None,
        *,
        headers: dict[str, str] | None = None,
        method: str | None = None,
        raw: bytes | None = None,
    ) -> tuple[int, bytes, dict[str, str]]:
        connection = http.client.HTTPConnection(self.host, timeout=30)
        sent = raw if raw is not None else json.dumps(body).encode() if body is not None else None
        given = {"Host": self.host, "Origin": f"http://{self.host}", "Content-Type": "application/json"}
        given |= headers or {}
        kind = method or ("POST" if sent is not None else "GET")
        connection.request(kind, path, body=sent, headers={k: v for k, v in given.items() if v})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content, {k.lower(): v for k, v in answer.getheaders()}

    def decide(self, **changes: Any) -> tuple[int, bytes, dict[str, str]]:
        card = self.desk.cards[0].id
        return self.call(
            f"{self.root}decide",
            {"card": card, "verdict": "unreadable", "value": None, "seen": "", **changes},
        )


@pytest.fixture
def served(desk: Desk) -> Iterator[Served]:
    addresses: Queue[str] = Queue()
    thread = threading.Thread(target=serve, args=(desk,), kwargs={"language": "id", "started": addresses.put})
    thread.start()
    parts = urlsplit(addresses.get(timeout=60))
    server = Served(parts.netloc, parts.path, desk)
    yield server
    if thread.is_alive():
        server.call(f"{server.root}close", {})
    thread.join(timeout=60)
    assert not thread.is_alive()


def test_the_page_holds_its_cards_and_a_policy(served: Served) -> None:
    status, content, headers = served.call(served.root)
    assert status == 200
    assert all(card.id in content.decode() for card in served.desk.cards)
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"


def test_a_decision_is_on_the_disk_when_it_is_answered(served: Served) -> None:
    status, content, _ = served.decide(by="pemeriksa", note="dari naskah")
    assert status == 200
    assert served.desk.cards[0].id in json.loads(content)["decided"]
    held = load_decisions(served.desk.path).decisions[0]
    assert (held.verdict, held.by, held.note) == ("unreadable", "pemeriksa", "dari naskah")


@pytest.mark.parametrize(
    "path",
    ["/", "/state", "/wrong/", "/wrong/state", "/../etc/passwd", "//etc/passwd", "/%2e%2e/%2e%2e/etc/passwd"],
)
def test_without_the_token_there_is_nothing(served: Served, path: str) -> None:
    status, content, _ = served.call(path)
    assert status == 404
    assert served.desk.cards[0].id.encode() not in content
    assert b"root:" not in content


@pytest.mark.parametrize(
    "path",
    [
        "picture/../../../../etc/passwd",
        "picture/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "picture/none",
        "../state",
        "decree.json",
    ],
)
def test_no_file_is_served(served: Served, path: str) -> None:
    assert served.call(served.root + path)[0] == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://localhost:1"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
    ],
)
def test_another_origin_changes_nothing(served: Served, headers: dict[str, str]) -> None:
    body = {"card": served.desk.cards[0].id, "verdict": "unreadable", "seen": ""}
    assert served.call(f"{served.root}decide", body, headers=headers)[0] == 403
    assert not served.desk.path.exists()


def test_another_host_name_is_not_answered(served: Served) -> None:
    assert served.call(served.root, headers={"Host": "attacker.example:80"})[0] == 403


def test_a_form_of_another_page_is_not_taken(served: Served) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        assert served.call(f"{served.root}decide", raw=b"{}", headers={"Content-Type": kind})[0] == 415


@pytest.mark.parametrize("size", [SERVER.largest_body + 1, 10_000_000])
def test_a_large_body_is_refused(served: Served, size: int) -> None:
    try:
        status, _, _ = served.call(f"{served.root}decide", raw=b'{"value": "' + b"x" * size + b'"}')
    except (ConnectionError, http.client.HTTPException):
        status = 413  # the server had closed the connection while the rest was sent
    assert status == 413
    assert not served.desk.path.exists()
    assert served.call(served.root)[0] == 200


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 50_000])
def test_what_is_no_decision_is_refused(served: Served, raw: bytes) -> None:
    assert served.call(f"{served.root}decide", raw=raw, method="POST")[0] == 400
    assert not served.desk.path.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"card": "none"}, {"card": None}, {"verdict": "joined"}, {"verdict": ""}, {"verdict": "value", "value": "99"},
        {"verdict": "value", "value": 3}, {"verdict": "value", "value": ["3"]}, {"note": 5}, {"note": "x" * 30_000},
    ],
)  # fmt: skip
def test_an_impossible_decision_is_refused(served: Served, changes: dict[str, object]) -> None:
    assert served.decide(**changes)[0] == 400
    assert not served.desk.path.exists()


def test_a_second_tab_that_has_not_seen_a_decision_is_told(served: Served) -> None:
    assert served.decide(by="satu")[0] == 200
    status, content, _ = served.decide(verdict="value", value="3", by="dua")
    assert status == 409
    assert json.loads(content)["stale"] is True
    assert [d.by for d in load_decisions(served.desk.path).decisions] == ["satu"]
    seen = json.loads(served.call(f"{served.root}state")[1])["decided"][served.desk.cards[0].id]["at"]
    assert served.decide(verdict="value", value="3", by="dua", seen=seen)[0] == 200
    assert [d.by for d in load_decisions(served.desk.path).decisions] == ["dua"]


def test_text_that_looks_like_a_script_stays_text(served: Served) -> None:
    card = next(card for card in served.desk.cards if card.field == "component")
    body = {"card": card.id, "verdict": "value", "value": HOSTILE, "note": HOSTILE, "by": HOSTILE, "seen": ""}
    assert served.call(f"{served.root}decide", body)[0] == 200
    page = served.call(served.root)[1].decode()
    assert HOSTILE not in page
    assert "<img src=x" not in page


def test_two_tabs_lose_nothing(served: Served) -> None:
    def every(start: int) -> None:
        for card in served.desk.cards[start::2]:
            assert served.decide(card=card.id, by=str(start))[0] == 200

    tabs = [threading.Thread(target=every, args=(start,)) for start in (0, 1)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert len(served.desk.decided()) == len(served.desk.cards)


def test_undo_and_again_by_the_page(served: Served) -> None:
    served.decide()
    assert json.loads(served.call(f"{served.root}undo", {})[1])["decided"] == {}
    served.decide()
    assert (
        json.loads(served.call(f"{served.root}again", {"card": served.desk.cards[0].id})[1])["decided"] == {}
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])  # noqa: S104 - what is refused
def test_other_machines_are_not_let_in_without_the_flag(desk: Desk, host: str) -> None:
    with pytest.raises(UsageError, match="--allow-remote"):
        serve(desk, language="en", host=host)
    assert not is_loopback(host)


def test_a_taken_port_is_one_sentence(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError, match="--port"):
        serve(desk, language="en", port=taken.getsockname()[1])
    assert not desk.path.exists()


def test_nothing_but_the_decisions_is_written(served: Served, result: Path) -> None:
    before = sorted(path.name for path in result.iterdir())
    served.decide()
    assert sorted(path.name for path in result.iterdir()) == before
    assert {path.name for path in result.parent.iterdir()} == {result.name, f"{result.name}.decisions.json"}
