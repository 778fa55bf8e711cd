"""The loose text of the draft turned into the decree's head; the lines that it left unused stay loose."""

from __future__ import annotations

from dataclasses import replace

from normalize.draft import Draft
from normalize.preamble import parse_preamble

_NAMED = ("institution", "number", "year")


def read_preamble(draft: Draft) -> Draft:
    """Read the decree's head; keep the lines that it left unused."""
    result = parse_preamble(
        draft.loose,
        source=draft.extraction.source,
        digital=draft.digital,
        names_plan=draft.resources.form.names_plan,
    )
    annex = result.annex_head
    says = {name: getattr(annex, name).text for name in _NAMED} if annex is not None else {}
    return replace(draft, head=result.head, annex_says=says, unused=result.unused).noting(*result.facts)
