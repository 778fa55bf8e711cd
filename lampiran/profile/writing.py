"""A profile on the disk: turns it into the two files of one folder, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from lampiran.profile.page import profile_html
from lampiran.profile.reading import from_yaml
from lampiran.profile.text import to_yaml
from lampiran.publish.atomic_folder import as_output_error, place_folder, recover
from lampiran.publish.existing_output import FolderKind
from lampiran.publish.writing import WrittenFiles
from lampiran.result import Result
from schema.errors import Language
from schema.profile import Profile

FILE_NAMES = ("profile.yaml", "profile.html")
FOLDER = FolderKind(
    is_ours=frozenset(FILE_NAMES).__contains__,
    main="profile.yaml",
    identity=from_yaml,
    another=("berisi profil lain", "holds another profile"),
)


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
    FOLDER.check_place(folder, profile, force=force)
    kept = place_folder(folder, render_files(result, profile, language=language), force=force)
    return WrittenFiles(folder=folder, files=tuple(folder / name for name in FILE_NAMES), kept=kept)


def render_files(result: Result, profile: Profile, *, language: Language = "id") -> dict[str, bytes]:
    """Return the bytes of every file by its name, in the order of `FILE_NAMES`."""
    text = to_yaml(profile, language=language)
    page = profile_html(result, profile, language=language)
    return {"profile.yaml": text.encode("utf-8"), "profile.html": page}
