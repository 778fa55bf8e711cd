"""An Extraction turned into a Plan: pure functions over values; no file is read, no pixel drawn."""

from normalize.build import build_plan
from normalize.decisions.settling import take_note
from normalize.resources import Resources

__all__ = ["Resources", "build_plan", "take_note"]
