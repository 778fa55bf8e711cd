"""`[worker.*]` of settings.toml -> values with a name and a type."""

from __future__ import annotations

from schema.settings import Settings


class Bounds(Settings, section="worker.bounds"):
    """How many times the memory that may be in use may be asked for; MiB of a message."""

    asked: int
    message: int


class Rest(Settings, section="worker.rest"):
    """When a warm worker is replaced, and how often it is looked at; files, MiB, seconds."""

    files: int
    memory: int
    look: float


BOUNDS = Bounds.load("lampiran")
REST = Rest.load("lampiran")
