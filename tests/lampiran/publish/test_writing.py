import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import frictionless
import pytest

from extract.types import Extraction
from lampiran.publish import atomic_folder as placing
from lampiran.publish.writing import FILE_NAMES, write_result
from schema.errors import OutputError
from schema.plan import Plan

Write = Callable[..., object]


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """Let the system refuse longer files, as a full disk would."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "out" / "contoh"


@pytest.fixture
def standing(plan: Plan, extraction: Extraction, folder: Path) -> dict[str, bytes]:
    write_result(plan, extraction, folder)
    return content(folder)


def test_every_file_of_the_contract_is_written(plan: Plan, extraction: Extraction, folder: Path) -> None:
    written = write_result(plan, extraction, folder)
    assert [path.name for path in written.files] == list(FILE_NAMES)
    assert sorted(content(folder)) == sorted((*FILE_NAMES, "SHA256SUMS"))
    assert list(folder.parent.iterdir()) == [folder]


def test_two_runs_give_the_same_bytes(plan: Plan, extraction: Extraction, tmp_path: Path) -> None:
    write_result(plan, extraction, tmp_path / "one")
    write_result(plan, extraction, tmp_path / "two" / "deeper")
    assert content(tmp_path / "one") == content(tmp_path / "two" / "deeper")


def test_no_file_names_the_folder_it_was_written_to(standing: dict[str, bytes], tmp_path: Path) -> None:
    assert not [name for name, text in standing.items() if str(tmp_path).encode() in text]


def test_the_written_package_is_valid(standing: dict[str, bytes], folder: Path) -> None:
    assert standing
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["message"])


def test_plan_and_extraction_read_back_as_they_were(
    plan: Plan, extraction: Extraction, standing: dict[str, bytes]
) -> None:
    assert Plan.model_validate_json(standing["decree.json"]) == plan
    assert Extraction.model_validate_json(standing["extraction.json"]) == extraction
    assert standing["decree.json"].endswith(b"}\n")


def test_a_result_of_the_same_decree_is_replaced_as_a_whole(
    plan_of: Callable[..., Plan], extraction: Extraction, standing: dict[str, bytes], folder: Path
) -> None:
    write_result(plan_of(sha256="f" * 64), extraction, folder)
    assert sorted(content(folder)) == sorted(standing)
    assert content(folder)["decree.csv"] != standing["decree.csv"]
    assert list(folder.parent.iterdir()) == [folder]


def test_a_result_of_the_same_input_is_replaced(
    plan_of: Callable[..., Plan], extraction: Extraction, standing: dict[str, bytes], folder: Path
) -> None:
    write_result(plan_of(decree_id="dibaca-lebih-baik"), extraction, folder)
    assert content(folder)["decree.json"] != standing["decree.json"]


def test_another_decrees_result_needs_force(
    plan_of: Callable[..., Plan], extraction: Extraction, standing: dict[str, bytes], folder: Path
) -> None:
    other = plan_of(decree_id="lain-1-2024", sha256="f" * 64)
    with pytest.raises(OutputError, match="another decree") as refusal:
        write_result(other, extraction, folder)
    assert refusal.value.exit_code == 6
    assert "--force" in refusal.value.text("id")
    assert content(folder) == standing
    write_result(other, extraction, folder, force=True)
    assert content(folder)["decree.json"] != standing["decree.json"]


def test_a_file_that_somebody_put_into_the_result_needs_force(
    plan: Plan, extraction: Extraction, standing: dict[str, bytes], folder: Path
) -> None:
    (folder / "catatan.txt").write_text("punya saya", encoding="utf-8")
    with pytest.raises(OutputError, match=r"catatan\.txt"):
        write_result(plan, extraction, folder)
    assert content(folder) == standing | {"catatan.txt": b"punya saya"}
    write_result(plan, extraction, folder, force=True)
    assert content(folder) == standing


def test_what_a_file_manager_left_is_no_obstacle(
    plan: Plan, extraction: Extraction, standing: dict[str, bytes], folder: Path
) -> None:
    (folder / ".DS_Store").write_bytes(b"")
    write_result(plan, extraction, folder)
    assert content(folder) == standing


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("damage", ["foreign", "half", "broken"])
def test_a_folder_that_is_no_result_is_never_replaced(
    plan: Plan, extraction: Extraction, folder: Path, damage: str, *, force: bool
) -> None:
    folder.mkdir(parents=True)
    if damage != "foreign":
        (folder / "decree.json").write_text("{}" if damage == "half" else "x", encoding="utf-8")
        (folder / "datapackage.json").write_text("{}", encoding="utf-8")
    (folder / "penting.txt").write_text("penting", encoding="utf-8")
    before = content(folder)
    with pytest.raises(OutputError, match="no result of lampiran"):
        write_result(plan, extraction, folder, force=force)
    assert content(folder) == before


def test_an_empty_folder_is_free(plan: Plan, extraction: Extraction, folder: Path) -> None:
    folder.mkdir(parents=True)
    write_result(plan, extraction, folder)
    assert sorted(content(folder)) == sorted((*FILE_NAMES, "SHA256SUMS"))


def test_a_file_in_the_place_of_the_folder_is_refused(
    plan: Plan, extraction: Extraction, folder: Path
) -> None:
    folder.parent.mkdir()
    folder.write_text("berkas", encoding="utf-8")
    with pytest.raises(OutputError, match="no folder"):
        write_result(plan, extraction, folder, force=True)
    assert folder.read_text(encoding="utf-8") == "berkas"


def test_a_link_in_the_place_of_the_folder_is_refused(
    plan: Plan, extraction: Extraction, standing: dict[str, bytes], folder: Path
) -> None:
    link = folder.with_name("taut")
    link.symlink_to(folder)
    with pytest.raises(OutputError, match="no folder"):
        write_result(plan, extraction, link, force=True)
    assert content(folder) == standing


@pytest.mark.parametrize("place", ["file/under/it", "x" * 300, "/proc/lampiran/out"])
def test_a_place_that_cannot_be_written_is_one_clear_error(
    plan: Plan, extraction: Extraction, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").write_text("berkas", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OutputError) as refusal:
        write_result(plan, extraction, tmp_path / place)
    assert "-o" in refusal.value.text("en")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("size", [0, 1000, 20_000])
def test_a_full_disk_leaves_the_old_result_whole(
    plan: Plan, extraction: Extraction, standing: dict[str, bytes], folder: Path, size: int
) -> None:
    with no_file_beyond(size), pytest.raises(OutputError):
        write_result(plan, extraction, folder)
    assert content(folder) == standing
    assert list(folder.parent.iterdir()) == [folder]


def test_a_full_disk_writes_nothing_where_nothing_was(
    plan: Plan, extraction: Extraction, folder: Path
) -> None:
    with no_file_beyond(1000), pytest.raises(OutputError):
        write_result(plan, extraction, folder)
    assert list(folder.parent.iterdir()) == []


def test_a_result_put_aside_by_a_crash_comes_back(
    plan_of: Callable[..., Plan], extraction: Extraction, standing: dict[str, bytes], folder: Path
) -> None:
    folder.rename(folder.with_name(".contoh.lampiran-old"))
    with pytest.raises(OutputError, match="another decree"):
        write_result(plan_of(decree_id="lain-1-2024", sha256="f" * 64), extraction, folder)
    assert content(folder) == standing
    assert list(folder.parent.iterdir()) == [folder]


def test_a_swap_in_two_steps_puts_the_old_result_back_when_it_fails(
    standing: dict[str, bytes], folder: Path
) -> None:
    with pytest.raises(FileNotFoundError):
        placing._swap_in_two_steps(folder.with_name("missing"), folder)
    assert content(folder) == standing


def test_a_swap_in_two_steps_replaces_the_old_result(standing: dict[str, bytes], folder: Path) -> None:
    assert standing
    staged = folder.with_name("staged")
    staged.mkdir()
    placing._swap_in_two_steps(staged, folder)
    assert content(folder) == {}
    assert list(folder.parent.iterdir()) == [folder]
