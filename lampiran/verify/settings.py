"""`[verify.*]` of settings.toml -> values with a name and a type."""

from __future__ import annotations

from schema.settings import Settings


class Limits(Settings, section="verify.limits"):
    """How much of a file is looked at, so that a crafted one cannot keep us busy; see settings.toml for units."""

    header: int
    dictionary: int
    sections: int
    revisions: int
    depth: int
    trust: int
    any_age: int
    entry: int
    reason: int
    error: int


LIMITS = Limits.load("lampiran")
