"""`[ingest.*]` of settings.toml -> values with a name and a type."""

from __future__ import annotations

from schema.settings import Settings


class Lease(Settings, section="ingest.lease"):
    """How a run says that it writes to a store that has no locks; seconds, lines."""

    renewed: int
    lost: int
    told: int
    lines: int


class Flow(Settings, section="ingest.flow"):
    """How many inputs are under way, and how often one is handed out again; counts, seconds."""

    ahead: int
    again: int
    connect: int
    reconnect: int
    patience: int
    cluster: int
    together: int


class Relations(Settings, section="ingest.relations"):
    """When a decree takes another one's place; shares."""

    whole: float


class Shown(Settings, section="ingest.shown"):
    """How much `lampiran status` shows; counts, bytes."""

    failures: int
    others: int
    name: int
    journal: int
    rate: int


LEASE = Lease.load("lampiran")
FLOW = Flow.load("lampiran")
RELATIONS = Relations.load("lampiran")
SHOWN = Shown.load("lampiran")
