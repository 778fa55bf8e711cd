"""The loose lines of a decree into its head: number, title, clauses, signatures and the annex's head."""

from normalize.preamble.identity import abbreviate, decree_id_of, slug
from normalize.preamble.lines import visual_rows
from normalize.preamble.parse import parse_preamble
from normalize.preamble.values import AnnexPreamble, PreambleResult

__all__ = [
    "AnnexPreamble",
    "PreambleResult",
    "abbreviate",
    "decree_id_of",
    "parse_preamble",
    "slug",
    "visual_rows",
]
