"""An office file's archive without the time of the run, so that the same document gives the same file."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest time that an archive's member can have


def timeless(content: bytes) -> bytes:
    """Return a zip archive with the same members, each of the earliest time."""
    held = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name in source.namelist():
            member = ZipInfo(name, FIRST_DAY)
            archive.writestr(member, source.read(name), ZIP_DEFLATED)
    return held.getvalue()
