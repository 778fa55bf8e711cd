"""Each file of a call gets one folder of its own."""

from __future__ import annotations

from pathlib import Path

from lampiran.cli.inputs import Repeated, plan_jobs


def written(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def test_folder_is_the_slug_of_the_name(tmp_path: Path) -> None:
    file = written(tmp_path / "Keputusan No. 8.1 Tahun 2025.pdf", "a")
    jobs, repeated = plan_jobs([file], Path("out"))
    assert [(job.path, job.folder) for job in jobs] == [(file, Path("out/keputusan-no-8-1-tahun-2025"))]
    assert repeated == []


def test_clashing_slugs_get_a_suffix_whatever_the_order(tmp_path: Path) -> None:
    one, two = written(tmp_path / "a/decree.pdf", "one"), written(tmp_path / "b/Decree.txt", "two")
    forward, _ = plan_jobs([one, two], Path("out"))
    backward, _ = plan_jobs([two, one], Path("out"))
    folders = {job.path: job.folder.name for job in forward}
    assert folders == {job.path: job.folder.name for job in backward}
    assert folders == {one: "decree-7692c3ad", two: "decree-3fc4ccfe"}


def test_same_file_is_read_once(tmp_path: Path) -> None:
    file = written(tmp_path / "decree.txt", "one")
    copy = written(tmp_path / "copy/decree.txt", "one")
    jobs, repeated = plan_jobs([file, file, copy], Path("out"))
    assert [job.folder for job in jobs] == [Path("out/decree")]
    assert repeated == [Repeated(file, file), Repeated(copy, file)]


def test_file_that_cannot_be_opened_stays_a_job(tmp_path: Path) -> None:
    missing = tmp_path / "missing.pdf"
    jobs, repeated = plan_jobs([missing, tmp_path, missing], Path("out"))
    assert [job.path for job in jobs] == [missing, tmp_path]
    assert repeated == [Repeated(missing, missing)]


def test_suffix_never_falls_on_another_file_s_folder(tmp_path: Path) -> None:
    one, two = written(tmp_path / "a/decree.pdf", "one"), written(tmp_path / "b/decree.pdf", "two")
    third = written(tmp_path / "decree-7692c3ad.pdf", "three")
    jobs, _ = plan_jobs([one, two, third], Path("out"))
    assert len({job.folder for job in jobs}) == len(jobs)
