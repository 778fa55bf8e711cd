"""`[profile.*]` of settings.toml -> values with a name and a type."""

from __future__ import annotations

from schema.settings import Settings


class Picture(Settings, section="profile.picture"):
    """The labels over the picture of a form; points."""

    letter: float
    flat: float
    below: float


class File(Settings, section="profile.file"):
    """The file `profile.yaml`: bytes that it may have, and the column of its comments."""

    largest: int
    deepest: int
    comment_at: int


PICTURE = Picture.load("lampiran")
FILE = File.load("lampiran")
