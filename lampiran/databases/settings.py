"""`[databases.*]` of settings.toml -> values with a name and a type."""

from __future__ import annotations

from schema.settings import Settings


class Waiting(Settings, section="databases.waiting"):
    """How long a publisher waits; seconds."""

    connect: float
    turn: float


class Amounts(Settings, section="databases.amounts"):
    """How much is handled at once; counts, bytes."""

    ids: int
    rows: int
    held: int
    sources: int


WAITING = Waiting.load("lampiran")
AMOUNTS = Amounts.load("lampiran")
