"""A Dashboard on the disk: its page and its files of texts as one folder, whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path

from lampiran.dashboard.model import Dashboard
from lampiran.dashboard.page import PAGE, dashboard_files
from lampiran.publish.existing_output import FolderKind, WrittenFiles
from schema.errors import Language

_OURS = re.compile(r"index\.html|texts-\d{3,}\.js")
_MARKS = (b'<meta name="generator" content="lampiran">', b'<script type="application/json" id="core">')


def _kind(content: bytes) -> str:
    if not all(mark in content for mark in _MARKS):
        raise ValueError
    return "dashboard"


FOLDER = FolderKind(
    is_ours=lambda name: bool(_OURS.fullmatch(name)),
    main=PAGE,
    identity=_kind,
    another=("berisi berkas lampiran yang lain", "holds other files of lampiran"),
)


def write_dashboard(
    dashboard: Dashboard, folder: Path, *, force: bool = False, language: Language = "id"
) -> WrittenFiles:
    """Write a dashboard as the whole content of `folder`; its parents are made.

    An earlier dashboard there is replaced, whatever it showed; what a person changed or added is refused, or with
    `force` kept in a folder beside. Equal values, in folders that lie to each other in the same way, give equal bytes.
    Raises `OutputError`.
    """
    return FOLDER.place(
        folder, "dashboard", dashboard_files(dashboard, folder, language=language), force=force
    )
