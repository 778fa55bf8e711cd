"""An Extraction turned into a Plan: pure functions over values; no file is read, no pixel drawn."""

from normalize.resources import Resources
from normalize.steps import build_plan

__all__ = ["Resources", "build_plan"]
