"""`profile.yaml`, as it was written or changed by hand -> a Profile, or one sentence that says what is wrong where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

import yaml
from pydantic import ValidationError

from extract.held_file import TooLargeFileError, read_whole
from lampiran.profile.settings import FILE
from schema.errors import UsageError
from schema.profile import Profile
from schema.system_reasons import reason_of

_NULL = "tag:yaml.org,2002:null"
_NO_TEXT = "bukan teks YAML", "it is no YAML text"


class _Loader(yaml.SafeLoader):  # type: ignore[misc]  # PyYAML publishes no types
    """Values as they are written: `NO`, `01` and `2025-01-01` are texts, not a truth, a number and a date."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {
        first: [(tag, pattern) for tag, pattern in known if tag == _NULL]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def load_profile(path: str | Path) -> Profile:
    """Return the profile that a file holds. Raises `UsageError`: the file, the line, what is wrong, what to do."""
    file = Path(path)
    return from_yaml(profile_text(file), file)


def profile_text(file: Path) -> str:
    """Return the text of a profile's file, which is not looked into. Raises `UsageError`."""
    try:
        return read_whole(file, FILE.largest).decode("utf-8-sig")
    except TooLargeFileError as error:
        raise _wrong(file, None, ("terlalu besar untuk sebuah profil", "too large for a profile")) from error
    except OSError as error:
        reason = reason_of(error)
        raise UsageError(
            id=f"Profil {file} tidak dapat dibaca: {reason.id}. Periksa nama berkasnya.",
            en=f"The profile {file} cannot be read: {reason.en}. Check the name of the file.",
        ) from error
    except UnicodeDecodeError as error:
        raise _wrong(file, None, _NO_TEXT) from error


def from_yaml(content: bytes | str, file: Path = Path("profile.yaml")) -> Profile:
    """Return the profile that a YAML text holds; `file` is what errors name. Raises `UsageError`."""
    node, data = _parsed(content, file)
    try:
        return Profile.model_validate(data)
    except ValidationError as error:
        found = error.errors(include_url=False)
        first = next((one for one in found if one["type"] == "extra_forbidden"), found[0])
        raise _wrong(file, _line_of(node, first["loc"]), _sentence(first)) from error


def _parsed(content: bytes | str, file: Path) -> tuple[yaml.Node, Any]:
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > FILE.deepest:
                said = "terlalu dalam bertingkat", "it is nested too deeply"
                raise _wrong(file, event.start_mark.line, said)
            if isinstance(event, yaml.AliasEvent):
                said = "acuan (*) tidak dipakai", "references (*) are not used"
                raise _wrong(file, event.start_mark.line, said)
        loader = _Loader(text)
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            said = "bukan profil: tidak ada kunci forms", "no profile: it has no key forms"
            raise _wrong(file, None, said)
        for key, line in _repeated(node):
            raise _wrong(file, line, (f'kunci "{key}" dua kali', f'the key "{key}" is there twice'))
        return node, loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or error.context or ""
        said = f"bukan YAML yang sah ({reason})", f"it is no valid YAML ({reason})"
        raise _wrong(file, mark.line if mark else None, said) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _wrong(file, None, _NO_TEXT) from error


def _repeated(node: yaml.Node) -> Iterator[tuple[str, int]]:
    """Yield the keys that a mapping has twice, with their lines."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if str(key.value) in seen:
                yield str(key.value), key.start_mark.line
            seen.add(str(key.value))
            yield from _repeated(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeated(value)


def _line_of(node: yaml.Node, place: Sequence[int | str]) -> int:
    """Return the line (from 0) of the value at a place, or of the nearest around it."""
    line = int(node.start_mark.line)
    for step in place:
        if isinstance(node, yaml.SequenceNode):
            members = dict(enumerate((value, value) for value in node.value))
        elif isinstance(node, yaml.MappingNode):
            members = {key.value: (key, value) for key, value in reversed(node.value)}
        else:
            break
        if step not in members:
            break
        begin, node = members[step]
        line = int(begin.start_mark.line)
    return line


def _sentence(error: Any) -> tuple[str, str]:  # noqa: ANN401 - a mapping that pydantic describes loosely
    """Return what is wrong with a value, in Indonesian and English."""
    key, given = error["loc"][-1] if error["loc"] else "", error["input"]
    if error["type"] == "extra_forbidden":
        return f'tidak ada kunci "{key}"', f'there is no key "{key}"'
    if error["type"] == "missing":
        return f'kunci "{key}" tidak ada', f'the key "{key}" is missing'
    if error["type"] == "literal_error":
        known = error["ctx"]["expected"].replace(" or ", ", ").replace("'", "")
        return (
            f'{key} "{given}" tidak dikenal; pilihannya {known}',
            f'{key} "{given}" is not known; it is one of {known}',
        )
    reason = str(error["msg"]).removeprefix("Value error, ")
    where = f"{key}: " if isinstance(key, str) and key else ""
    return f"{where}{reason}", f"{where}{reason}"


def _wrong(file: Path, line: int | None, said: tuple[str, str]) -> UsageError:
    at = ("", "") if line is None else (f" baris {line + 1}", f" line {line + 1}")
    return UsageError(
        id=f"Profil {file}{at[0]}: {said[0]}. Perbaiki berkas itu, atau buat lagi dengan lampiran profile.",
        en=f"Profile {file}{at[1]}: {said[1]}. Correct the file, or make it anew with lampiran profile.",
    )
