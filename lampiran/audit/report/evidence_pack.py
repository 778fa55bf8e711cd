"""An audit, its files and its pictures -> the evidence pack, a ZIP that anyone can make again byte by byte.

The pack holds the audit's files as they are written, a picture of the page beside each fault (`crops/`), and
`MANIFEST.json`: both inputs with name, size and sha256, versions, settings, the command to run it again, and the
sha256 of every member. The inputs themselves are put in only where asked for: decrees may not be for everyone.

Nothing of the run is in it: members are in the order of their names, carry the time 1980-01-01 and are stored
uncompressed, so that no compressor's version shows. Pictures are drawn and packed by libraries whose versions the
manifest names; with other versions a picture may differ in its bytes, which the check then says by name.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import ValidationError

from extract.held_file import read_whole
from extract.settings import LIMITS
from lampiran.audit.settings import PACK
from lampiran.publish.crops import Spot, crops
from schema.audit import Audit, AuditCell, AuditSide
from schema.base import Frozen
from schema.errors import InputError
from schema.geometry import BBox
from schema.system_reasons import reason_of

if TYPE_CHECKING:
    from extract.types import Page
    from schema.plan import Plan

PACK_VERSION = "1.0.0"
MANIFEST = "MANIFEST.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3  # the system that a member says it was made on, the same wherever it was
_MODE = 0o644 << 16  # who may read it
_WRITERS = ("pillow", "openpyxl", "pypdfium2")  # what writes pictures and sheets
Role = Literal["decree", "transcription"]
_ROLES: tuple[Role, Role] = ("decree", "transcription")


class PackInput(Frozen):
    """One of the two inputs; `member` is its copy in the pack, `None` where it was left out."""

    role: Role
    name: str
    sha256: str
    size: int
    member: str | None = None


class PackMember(Frozen):
    """A file of the pack but the manifest."""

    name: str
    sha256: str
    size: int


class PackCrop(Frozen):
    """A picture of the paper beside a fault: its member, the cell's number, page (from 1) and box in points."""

    member: str
    cell: int
    page: int
    bbox: BBox


class Manifest(Frozen):
    """The content of `MANIFEST.json`; `command` makes the same pack of the same inputs again and compares."""

    pack_version: str = PACK_VERSION
    inputs: tuple[PackInput, ...]
    settings: tuple[tuple[str, str], ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    command: tuple[str, ...]
    members: tuple[PackMember, ...]
    crops: tuple[PackCrop, ...] = ()


class PackCheck(Frozen):
    """What became of a pack that was made again.

    `same`: byte by byte. `damaged` are members that do not have the manifest's sha256 (or are missing or not in it),
    `inputs` the roles of inputs that are other files, `versions` and `settings` the names of those that differ,
    `members` the files that came out otherwise.
    """

    same: bool
    damaged: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


def pack(
    audit: Audit,
    files: Mapping[str, bytes],
    inputs: tuple[Path, Path],
    *,
    pictures: Mapping[PackCrop, bytes] | None = None,
    settings: Sequence[tuple[str, str]] = (),
    with_inputs: bool = False,
) -> bytes:
    """Return the evidence pack of an audit; equal inputs, settings and versions give equal bytes.

    `files` are the audit's own (`audit.json`, `audit.csv`, `audit.html` ...), `inputs` the decree and the
    transcription, `pictures` those of `fault_pictures`, `settings` those beside the audit's own that changed the files.
    Raises `InputError` where an input cannot be read, or is not the file of the audit any more.
    """
    shown = pictures or {}
    sides = zip(_ROLES, (audit.decree, audit.transcription), inputs, strict=True)
    given = [_given(role, side, path, with_input=with_inputs) for role, side, path in sides]
    members = {
        **files,
        **{crop.member: content for crop, content in shown.items()},
        **{one.member: content for one, content in given if one.member},
    }
    told = tuple(one for one, _ in given)
    names = dict.fromkeys(one.name for one in told)
    manifest = Manifest(
        inputs=told,
        settings=(*audit.settings, *settings),
        versions=(*audit.versions, *((name, version(name)) for name in _WRITERS)),
        command=("lampiran", "audit", "--check-pack", "PACK.zip", *names),
        members=tuple(_member(name, members[name]) for name in sorted(members)),
        crops=tuple(sorted(shown, key=lambda crop: crop.member)),
    )
    text = json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"
    return _zipped({**members, MANIFEST: text.encode("utf-8")})


def _given(role: Role, side: AuditSide, path: Path, *, with_input: bool) -> tuple[PackInput, bytes]:
    """Return an input, which must be the file of the audit, with its content."""
    content = _input(path)
    if _sha256(content) != side.sha256:
        raise InputError(
            id=f"{path}: isinya berubah sejak diaudit. Jalankan audit lagi.",
            en=f"{path}: it has changed since it was audited. Run the audit again.",
        )
    member = f"inputs/{role}{path.suffix.lower()}" if with_input else None
    given = PackInput(role=role, name=side.file, sha256=side.sha256, size=len(content), member=member)
    return given, content


def _input(path: Path) -> bytes:
    try:
        return read_whole(path, LIMITS.file_bytes)
    except OSError as error:
        reason = reason_of(error)
        raise InputError(
            id=f"{path}: tidak dapat dibaca untuk paket bukti: {reason.id}.",
            en=f"{path}: it cannot be read for the evidence pack: {reason.en}.",
        ) from error


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _member(name: str, content: bytes) -> PackMember:
    return PackMember(name=name, sha256=_sha256(content), size=len(content))


def _zipped(members: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = _MODE
            archive.writestr(entry, members[name])
    return target.getvalue()


def fault_pictures(
    audit: Audit, plan: Plan, source_path: Path | None, pages: Sequence[Page] = ()
) -> dict[PackCrop, bytes]:
    """Return a PNG of the page beside each fault whose place on the paper is known, named by cell, page and field."""
    placed = [(cell, spot) for cell in audit.faults() if (spot := _spot(cell))]
    drawn = crops(plan, source_path, [spot for _, spot in placed], pages)
    found = {}
    for cell, spot in placed:
        if picture := drawn.get(spot):
            field = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in cell.field)
            member = f"crops/{cell.n:05}-p{spot.page:03}-{field[: PACK.field]}.png"
            crop = PackCrop(member=member, cell=cell.n, page=spot.page, bbox=spot.bbox)
            found[crop] = base64.b64decode(picture.uri.partition(",")[2])
    return found


def _spot(cell: AuditCell) -> Spot | None:
    ref = cell.paper_ref
    return Spot(ref.page, ref.bbox) if ref and ref.page is not None and ref.bbox is not None else None


def read_manifest(path: Path) -> Manifest:
    """Return the manifest of a pack. Raises `InputError` where the file is not a pack."""
    return _opened(path)[0]


def check_pack(path: Path, again: bytes) -> PackCheck:
    """Compare a pack with one that was made `again`, and each of its members with its own manifest.

    Raises `InputError` where the file is not a pack.
    """
    old, members = _opened(path)
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        new = Manifest.model_validate_json(archive.read(MANIFEST))
    held = {name: _sha256(content) for name, content in members.items() if name != MANIFEST}
    one, other = ({member.name: member.sha256 for member in each.members} for each in (old, new))
    return PackCheck(
        same=_input(path) == again,
        damaged=_unlike(one, held),
        inputs=tuple(a.role for a, b in zip(old.inputs, new.inputs, strict=False) if a.sha256 != b.sha256),
        versions=_unlike(dict(old.versions), dict(new.versions)),
        settings=_unlike(dict(old.settings), dict(new.settings)),
        members=_unlike(one, other),
    )


def _opened(path: Path) -> tuple[Manifest, dict[str, bytes]]:
    content = _input(path)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            names = archive.namelist() if size <= PACK.largest else []
            members = {name: archive.read(name) for name in names}
        return Manifest.model_validate_json(members[MANIFEST]), members
    except (zipfile.BadZipFile, KeyError, ValueError, ValidationError, OSError, NotImplementedError) as error:
        raise InputError(
            id=f"{path}: bukan paket bukti yang utuh dari lampiran audit.",
            en=f"{path}: it is no whole evidence pack of lampiran audit.",
        ) from error


def _unlike(a: Mapping[str, str], b: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in sorted({*a, *b}) if a.get(name) != b.get(name))
