"""A pack that was made again, and a sample that was judged -> lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from lampiran.audit.figures.sampling import SampleOutcome
from lampiran.audit.report.evidence_pack import PackCheck
from lampiran.cli.texts import Texts


def check_lines(check: PackCheck, texts: Texts) -> list[str]:
    """Say whether a pack came out the same, else what differs and why that may be."""
    if check.same:
        return [texts.say("pack_same")]
    told = {
        "pack_damaged": check.damaged,
        "pack_inputs": check.inputs,
        "pack_versions": check.versions,
        "pack_settings": check.settings,
        "pack_members": check.members,
    }
    lines = [texts.say(key, names=", ".join(names)) for key, names in told.items() if names]
    return [texts.say("pack_differs"), *(f"  {line}" for line in lines)]


def sample_lines(found: SampleOutcome, texts: Texts) -> Iterator[str]:
    """Say what share of a sample was right, and what follows for all cells."""
    if found.figure.value is None or found.figure.low is None or found.figure.high is None:
        yield texts.say("sample_open", drawn=found.drawn, population=found.population)
        return
    yield texts.say(
        "sample_right",
        right=found.right,
        judged=found.figure.n,
        share=f"{found.figure.value:.1%}",
        low=f"{found.figure.low:.1%}",
        high=f"{found.figure.high:.1%}",
    )
    yield texts.say("sample_wrong", low=found.wrong_low, high=found.wrong_high, population=found.population)
    if found.unreadable:
        yield texts.say("sample_unreadable", count=found.unreadable)
    if found.open:
        yield texts.say("sample_left", count=found.open, drawn=found.drawn)
