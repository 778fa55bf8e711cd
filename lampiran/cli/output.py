"""The output folder of a call -> nothing, or an error before anything is read if results cannot be written there."""

from __future__ import annotations

import tempfile
from pathlib import Path

from lampiran.cli.texts import Texts
from lampiran.publish.atomic_folder import check_untouched
from schema.errors import OutputError
from schema.system_reasons import reason_of


def check_output(folder: Path, texts: Texts) -> None:
    """Check that `folder` is, or can become, a folder that can be written.

    Leaves nothing behind: the folder itself is made only when there is a result. Raises `OutputError`.
    """
    ground = folder.absolute()
    while not ground.exists() and not ground.is_symlink() and ground != ground.parent:
        ground = ground.parent
    if not ground.is_dir():
        shown = folder if ground == folder.absolute() else ground
        raise OutputError(**texts.both("output_is_file", path=shown))
    try:
        with tempfile.TemporaryFile(dir=ground):
            pass
    except OSError as error:
        raise OutputError(**texts.both("output_unwritable", path=folder, reason=reason_of(error))) from error


def check_place(folder: Path, texts: Texts, *, force: bool = False) -> None:
    """Check that a decree's folder is not a file, and without `force` that no person changed what is in it.

    Raises `OutputError`.
    """
    if (folder.is_symlink() or folder.exists()) and not folder.is_dir():
        raise OutputError(**texts.both("output_is_file", path=folder))
    if not force:
        check_untouched(folder)
