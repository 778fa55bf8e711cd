"""A profile -> the two files of one folder, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from lampiran.profile.page import profile_html
from lampiran.profile.reading import from_yaml
from lampiran.profile.text import to_yaml
from lampiran.publish.existing_output import FolderKind, WrittenFiles
from lampiran.result import Result
from schema.errors import Language
from schema.profile import Profile

FOLDER = FolderKind(
    is_ours=frozenset({"profile.yaml", "profile.html"}).__contains__,
    main="profile.yaml",
    identity=from_yaml,
    another=("berisi profil lain", "holds another profile"),
)


def write_profile(
    result: Result, profile: Profile, folder: Path, *, force: bool = False, language: Language = "id"
) -> WrittenFiles:
    """Write `profile.yaml` and `profile.html` as the whole content of `folder`, see `FolderKind.place`.

    An equal profile is replaced, another one, or one changed by hand, only with `force`. `language` is that of the
    YAML's comments and the one the page opens in. Equal values give equal bytes.
    """
    text = to_yaml(profile, language=language).encode("utf-8")
    page = profile_html(result, profile, language=language)
    return FOLDER.place(folder, profile, {"profile.yaml": text, "profile.html": page}, force=force)
