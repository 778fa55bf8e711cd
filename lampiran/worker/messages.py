"""JSON and bytes -> frames of a pipe between a worker and its keeper, and back.

Nothing is unpickled: what a worker says may be what a hostile file made it say.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any, TypeAlias

Message: TypeAlias = dict[str, Any]
_HEAD = struct.Struct(">II")  # bytes of the JSON, and of what comes behind it


def send(stream: IO[bytes], message: Message, attached: bytes = b"") -> None:
    """Write one message. Raises `OSError` or `ValueError` where nobody reads it any more."""
    told = json.dumps(message).encode("utf-8")
    stream.write(_HEAD.pack(len(told), len(attached)))
    stream.write(told)
    stream.write(attached)
    stream.flush()


def receive(stream: IO[bytes], *, most: int) -> tuple[Message, bytes] | None:
    """Read one message and what is attached to it; `None` at the end, or for what is longer than `most` bytes or no message."""
    head = _exactly(stream, _HEAD.size)
    if head is None:
        return None
    told, attached = _HEAD.unpack(head)
    if told + attached > most:
        return None
    text, content = _exactly(stream, told), _exactly(stream, attached)
    if text is None or content is None:
        return None
    try:
        message = json.loads(text)
    except ValueError:
        return None
    return (message, content) if isinstance(message, dict) else None


def _exactly(stream: IO[bytes], count: int) -> bytes | None:
    parts: list[bytes] = []
    while count:
        part = stream.read(count)
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
