"""What stands in a result's place: turns a folder into leave to replace it, or one clear refusal."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from lampiran.publish.atomic_folder import as_output_error, check_untouched
from lampiran.publish.checksums import ASIDE, recorded
from schema.errors import OutputError, UsageError
from schema.plan import Plan

_NOBODY = object()


@dataclass(frozen=True, slots=True)
class Standing:
    """The decree and input of a result that already stands there."""

    decree_id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FolderKind:
    """What is known of a folder by the files in it: tables, a profile, a comparison of two decrees, an audit.

    `is_ours` tells by its name whether it may hold a file, `main` is the file by whose bytes `identity` says whose folder
    it is; `another` says in both languages that it is somebody else's.
    """

    is_ours: Callable[[str], bool]
    main: str
    identity: Callable[[bytes], object]
    another: tuple[str, str]

    def check_place(
        self, folder: Path, wanted: object = None, *, force: bool = False, own: Collection[str] = ()
    ) -> None:
        """Refuse with `OutputError` unless the folder is free, or holds nothing but one of this kind to be replaced.

        Replaced is the one whose identity is `wanted`, and in which no person changed anything but files named `own`; with
        `force`, any. Without `wanted` it is asked before anything is read: then whose folder it is does not matter yet.
        """
        with as_output_error(folder):
            if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
                texts = "sudah ada dan bukan folder", "already exists and is no folder"
                raise _refused(folder, *texts, final=True)
            held = {entry.name for entry in folder.iterdir()} - ASIDE if folder.exists() else set()
        if not held:
            return
        standing = self._standing(folder)
        foreign = sorted(name for name in held if standing is None or not self.is_ours(name))
        if foreign:
            texts = f"berisi berkas lain ({foreign[0]})", f"holds other files ({foreign[0]})"
            raise _refused(folder, *texts, final=True)
        if not force:
            check_untouched(folder, own=own)
        if wanted is not None and not force and standing != wanted:
            raise _refused(folder, *self.another)

    def _standing(self, folder: Path) -> object:
        """Return whose the folder is, `None` if it is none of this kind; of one that a person spoilt, nobody's."""
        try:
            return self.identity((folder / self.main).read_bytes())
        except OSError:
            return None
        except (ValueError, KeyError, TypeError, UsageError):
            return _NOBODY if self.main in (recorded(folder) or {}) else None


def check_place(folder: Path, plan: Plan, *, force: bool) -> None:
    """Refuse with `OutputError` unless `plan` may be written as `folder`.

    Free: nothing there, or an empty folder. Replaced: a result of the same decree or the same input;
    with `force` that of another decree. Never replaced: a file, a link, and a folder that is not a result of ours.
    What a person did in it is for `place_folder` to keep.
    """
    with as_output_error(folder):
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise _refused(
                folder, "sudah ada dan bukan folder", "already exists and is no folder", final=True
            )
        present = {entry.name for entry in folder.iterdir()} if folder.exists() else set()
        if present - ASIDE:
            _check_content(folder, plan, force=force)


def _check_content(folder: Path, plan: Plan, *, force: bool) -> None:
    standing = standing_result(folder)
    if standing is None:
        texts = "berisi berkas yang bukan hasil lampiran", "holds files that are no result of lampiran"
        raise _refused(folder, *texts, final=True)
    same = standing.decree_id == plan.decree_id or standing.sha256 == plan.source.sha256
    if not same and not force:
        raise _refused(
            folder,
            f"berisi keputusan lain ({standing.decree_id})",
            f"holds another decree ({standing.decree_id})",
        )


def standing_result(folder: Path) -> Standing | None:
    """Return whose result a folder holds, or `None` if it is no result of ours."""
    try:
        if not (folder / "datapackage.json").is_file():
            return None
        written = json.loads((folder / "decree.json").read_bytes())
        return Standing(decree_id=str(written["decree_id"]), sha256=str(written["source"]["sha256"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _refused(folder: Path, id: str, en: str, *, final: bool = False) -> OutputError:
    if final:
        remedy = "Pilih tempat lain dengan -o.", "Choose another place with -o."
    else:
        remedy = "Pilih folder lain atau pakai --force.", "Choose another folder or use --force."
    return OutputError(id=f"{folder} {id}. {remedy[0]}", en=f"{folder} {en}. {remedy[1]}")
