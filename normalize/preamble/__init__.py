"""The loose lines of a decree into its head: number, title, clauses, signatures and the annex's head."""

from normalize.preamble.identity import abbreviate, decree_id_of, slug
from normalize.preamble.lines import visual_rows
from normalize.preamble.parse import parse_head
from normalize.preamble.values import AnnexHead, HeadResult

__all__ = ["AnnexHead", "HeadResult", "abbreviate", "decree_id_of", "parse_head", "slug", "visual_rows"]
