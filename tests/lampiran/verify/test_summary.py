"""The block of decree.json: facts that hold on every day, and findings where a signature is broken."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from signing import Authority, change_page, empty_out, sign, with_blob

from extract.survey.survey import survey
from lampiran.pipeline import read
from lampiran.verify.authenticity import Looked, look


def looked(data: bytes, folder: Path) -> Looked:
    path = folder / "decree.pdf"
    path.write_bytes(data)
    return look(path, survey(path).source)


def test_an_intact_signature_in_short(plain: bytes, authority: Authority, tmp_path: Path) -> None:
    found = looked(sign(plain, authority.signer()), tmp_path)
    only = found.authenticity.signatures[0]
    assert found.authenticity.state == "checked"
    assert (only.signer, only.verdict, only.changes, only.when_signed) == (
        "Test Signer",
        "intact",
        "none",
        "within",
    )
    assert found.findings == ()
    assert [name for name, _ in found.versions] == ["pyhanko"]


def test_a_file_without_signatures(plain: bytes, tmp_path: Path) -> None:
    found = looked(plain, tmp_path)
    assert (found.authenticity.state, found.authenticity.signatures, found.versions) == ("unsigned", (), ())
    assert found.authenticity.document is not None
    assert found.authenticity.document.revision_ends == (len(plain),)


def test_what_needs_a_person_is_a_finding(plain: bytes, authority: Authority, tmp_path: Path) -> None:
    data = sign(plain, authority.signer())
    altered = bytearray(data)
    altered[data.index(b"ReportLab")] ^= 1
    cases = {
        "signature-broken": bytes(altered),
        "signature-unreadable": with_blob(data, b"no signature"),
        "changed-after-signature": change_page(data),
    }
    for code, content in cases.items():
        found = looked(content, tmp_path)
        assert [f.code for f in found.findings] == [code]
        assert [f.severity for f in found.findings] == ["review"]
        assert "Signature1" in found.findings[0].message.en


def test_pages_changed_before_the_last_signature(plain: bytes, authority: Authority, tmp_path: Path) -> None:
    one = sign(plain, authority.signer(), "One")
    found = looked(sign(change_page(one), authority.signer(), "Two"), tmp_path)
    assert [s.verdict for s in found.authenticity.signatures] == ["changed", "intact"]
    assert [f.raw for f in found.findings] == ["One"]


def test_a_signature_that_was_taken_out(plain: bytes, authority: Authority, tmp_path: Path) -> None:
    found = looked(empty_out(sign(plain, authority.signer())), tmp_path)
    assert found.authenticity.removed == ("Signature1",)
    assert [f.code for f in found.findings] == ["changed-after-signature"]


def test_nothing_in_it_depends_on_the_day(plain: bytes, authority: Authority, tmp_path: Path) -> None:
    block = looked(sign(plain, authority.signer()), tmp_path).authenticity
    assert "trust" not in block.signatures[0].model_dump()
    assert not {"at", "doubts"} & set(block.model_dump())


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("kpu-batang-2025.pdf", "unsigned"),
        ("kpu-batang-2025.signed.pdf", "checked"),
        ("kpu-batang-2025.transcript.txt", "unsigned"),
    ],
)
def test_a_plan_carries_the_block(name: str, state: str, samples: Path) -> None:
    plan = read(samples / name).plan
    assert plan.authenticity is not None
    assert plan.authenticity.state == state
    assert not any(f.rule == "check-signatures" for f in plan.findings)


def test_without_the_extra_it_is_not_checked(samples: Path) -> None:
    code = (
        "import sys; sys.modules['pyhanko'] = None\n"
        "from pathlib import Path\n"
        "from lampiran.verify.authenticity import look\n"
        "from extract.survey.survey import survey\n"
        "path = Path(sys.argv[1])\n"
        "print(look(path, survey(path).source).authenticity.state)"
    )
    command = [sys.executable, "-c", code, str(samples / "kpu-batang-2025.signed.pdf")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "not-checked\n"
