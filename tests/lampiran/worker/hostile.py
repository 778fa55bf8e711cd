"""What hostile files make a reader do: functions that a worker is asked to run."""

from __future__ import annotations

import ctypes
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Told = Callable[[dict[str, Any]], None]


def fine(given: dict[str, Any], attached: bytes, told: Told) -> dict[str, Any]:
    told({"kind": "pages", "done": 1, "count": 2})
    return {"got": given, "size": len(attached), "process": os.getpid()}


def prints(given: dict[str, Any], attached: bytes, told: Told) -> dict[str, Any]:
    os.write(1, b"a library prints")
    return fine(given, attached, told)


def crashes(_given: dict[str, Any], _attached: bytes, told: Told) -> dict[str, Any]:
    told({"kind": "pages", "done": 1, "count": 2})
    ctypes.string_at(0)
    return {}


def ends(_given: dict[str, Any], _attached: bytes, _told: Told) -> dict[str, Any]:
    os._exit(3)


def hangs(_given: dict[str, Any], _attached: bytes, told: Told) -> dict[str, Any]:
    told({"kind": "pages", "done": 1, "count": 2})
    while True:
        time.sleep(60)


def eats(_given: dict[str, Any], _attached: bytes, _told: Told) -> dict[str, Any]:
    held = []
    while True:
        held.append(bytearray(os.urandom(1 << 20)) * 8)


def asks_for_too_much(_given: dict[str, Any], _attached: bytes, _told: Told) -> dict[str, Any]:
    return {"size": len(bytearray(1 << 44))}


def connects(_given: dict[str, Any], _attached: bytes, _told: Told) -> dict[str, Any]:
    refused = []
    for use in (
        socket.socket,
        lambda: socket.getaddrinfo("localhost", 80),
        lambda: socket.gethostbyname("localhost"),
    ):
        try:
            use()
        except PermissionError as error:
            refused.append(str(error))
    return {"refused": refused}


def interfaces(_given: dict[str, Any], _attached: bytes, _told: Told) -> dict[str, Any]:
    lines = Path("/proc/self/net/dev").read_text(encoding="ascii").splitlines()[2:]
    return {"interfaces": [line.partition(":")[0].strip() for line in lines]}


def lies(_given: dict[str, Any], _attached: bytes, told: Told) -> dict[str, Any]:
    told({"kind": "pages", "done": "x", "count": 0})
    told({"kind": 3})
    told({})
    return {"lied": True}
