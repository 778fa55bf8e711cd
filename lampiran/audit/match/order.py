"""The two files of an audit -> the certainty that the first is the decree's PDF and the second something typed."""

from __future__ import annotations

import shlex
from contextlib import suppress
from pathlib import Path

from extract.survey.survey import HTML, JSON, PDF, TEXT, XLSX, media_type, survey
from schema.errors import LampiranError, UsageError

_FOLDER = "inode/directory"
_TRANSCRIPTION, _RESULT = ("transkripsi", "a transcription"), ("hasil lampiran", "a result of lampiran")
_TYPED = {TEXT: _TRANSCRIPTION, HTML: _TRANSCRIPTION, XLSX: _TRANSCRIPTION, JSON: _RESULT, _FOLDER: _RESULT}
_PICTURES = frozenset({"picture", "empty"})


def check_order(decree: Path, transcription: Path) -> None:
    """Raise `UsageError` unless the decree may be one and the transcription may have been typed.

    A decree is a PDF: of two transcriptions neither says what is printed. A scan is paper, not a transcription: its
    recogniser's misreadings would be told as the transcriber's faults. A born-digital PDF may be what somebody typed.
    A file is not its own transcription. What cannot be read, and a pipe, are left to their readers.
    """
    kind, other = _kind(decree), _kind(transcription)
    if kind == other == PDF and decree.read_bytes() == transcription.read_bytes():
        raise UsageError(
            id=f"{decree} dan {transcription} adalah berkas yang sama: transkripsi diadu dengan naskahnya, bukan naskah dengan dirinya sendiri.",
            en=f"{decree} and {transcription} are the same file: a transcription is held against its decree, not a decree against itself.",
        )
    if (names := _TYPED.get(kind)) is not None:
        raise _not_a_decree(decree, transcription, names, is_pdf=other == PDF)
    if kind == other == PDF and _is_scan(transcription):
        raise _not_typed(decree, transcription, is_scan=_is_scan(decree))


def _kind(path: Path) -> str:
    """Return the media type of a file, `_FOLDER` for a folder; of an empty file nothing.

    Of a pipe neither: its bytes can be taken only once.
    """
    with suppress(OSError, ValueError):
        if path.is_dir():
            return _FOLDER
        if path.is_file() and (data := path.read_bytes()).strip():
            return media_type(data)
    return ""


def _is_scan(path: Path) -> bool:
    """Tell whether all pages of a PDF are pictures; one that does not open is left to its reader."""
    try:
        kinds = {facts.page.kind for facts in survey(path).pages}
    except LampiranError:
        return False
    return "picture" in kinds and kinds <= _PICTURES


def _not_a_decree(decree: Path, transcription: Path, names: tuple[str, str], *, is_pdf: bool) -> UsageError:
    if is_pdf:
        return UsageError(
            id=f'Apakah kedua berkas tertukar? "{decree}" adalah {names[0]}, sedangkan "{transcription}" PDF. Sebutkan keputusannya lebih dahulu: {_call("audit", transcription, decree)}',
            en=f'Did you swap the two files? "{decree}" is {names[1]}, and "{transcription}" is a PDF. Name the decree first: {_call("audit", transcription, decree)}',
        )
    return UsageError(
        id=f'Apakah berkasnya tertukar? "{decree}" adalah {names[0]}, bukan keputusannya; sebutkan PDF keputusannya lebih dahulu. Dua hasil atau transkripsi dibandingkan dengan {_call("diff", decree, transcription)}',
        en=f'Did you swap the files? "{decree}" is {names[1]}, not the decree; name the decree\'s PDF first. Two results or transcriptions are compared by {_call("diff", decree, transcription)}',
    )


def _not_typed(decree: Path, transcription: Path, *, is_scan: bool) -> UsageError:
    ends = ("Berikan berkas yang diketik.", "Give the file that was typed.")
    if not is_scan:
        call = _call("audit", transcription, decree)
        ends = (f"Bila keputusannya hasil pindai itu: {call}", f"If the scan is the decree: {call}")
    return UsageError(
        id=f'Apakah kedua berkas tertukar? "{transcription}" hasil pindai, bukan transkripsi: salah baca mesin akan dihitung sebagai salah ketik orang. {ends[0]}',
        en=f'Did you swap the two files? "{transcription}" is a scan, no transcription: what a machine misread would be counted as what somebody mistyped. {ends[1]}',
    )


def _call(command: str, one: Path, other: Path) -> str:
    return f"lampiran {command} {shlex.quote(str(one))} {shlex.quote(str(other))}"
