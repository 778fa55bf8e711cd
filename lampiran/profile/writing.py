"""A profile on the disk: turns it into the two files of one folder, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from lampiran.profile.page import profile_html
from lampiran.profile.reading import from_yaml
from lampiran.profile.text import to_yaml
from lampiran.publish.checksums import ASIDE
from lampiran.publish.placing import as_output_error, place_folder, recover
from lampiran.publish.writing import WrittenFiles
from lampiran.result import Result
from schema.errors import Language, OutputError, UsageError
from schema.profile import Profile

FILE_NAMES = ("profile.yaml", "profile.html")


def write_profile(
    result: Result, profile: Profile, folder: Path, *, force: bool = False, language: Language = "id"
) -> WrittenFiles:
    """Write `profile.yaml` and `profile.html` as the whole content of `folder`; its parents are made.

    An equal profile that stands there is replaced, another one, or one changed by hand, only with `force` (what was
    changed is kept in a folder beside), anything else never. `language` is that of the YAML's comments and the one the page opens in. Equal values give equal bytes.
    Raises `OutputError` and leaves what stood there whole.
    """
    with as_output_error(folder):
        recover(folder)
        check_place(folder, profile, force=force)
    kept = place_folder(folder, render_files(result, profile, language=language), force=force)
    return WrittenFiles(folder=folder, files=tuple(folder / name for name in FILE_NAMES), kept=kept)


def render_files(result: Result, profile: Profile, *, language: Language = "id") -> dict[str, bytes]:
    """Return the bytes of every file by its name, in the order of `FILE_NAMES`."""
    text = to_yaml(profile, language=language)
    page = profile_html(result, profile, language=language)
    return {"profile.yaml": text.encode("utf-8"), "profile.html": page}


def check_place(folder: Path, profile: Profile, *, force: bool) -> None:
    """Refuse with `OutputError` unless the folder is free, or holds nothing but a profile that may be replaced."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise _refused(folder, "sudah ada dan bukan folder", "already exists and is no folder")
    held = {entry.name for entry in folder.iterdir()} - ASIDE if folder.exists() else set()
    if not held:
        return
    if held - set(FILE_NAMES) or "profile.yaml" not in held:
        raise _refused(folder, "berisi berkas lain", "holds other files")
    if not force and _standing(folder) != profile:
        raise OutputError(
            id=f"{folder} berisi profil lain atau yang diubah dengan tangan. Pilih folder lain atau pakai --force.",
            en=f"{folder} holds another profile or one changed by hand. Choose another folder or use --force.",
        )


def _standing(folder: Path) -> Profile | None:
    try:
        return from_yaml((folder / "profile.yaml").read_bytes())
    except UsageError:
        return None


def _refused(folder: Path, id: str, en: str) -> OutputError:
    return OutputError(
        id=f"{folder} {id}. Pilih tempat lain dengan -o.", en=f"{folder} {en}. Choose another place with -o."
    )
