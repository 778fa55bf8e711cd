"""A Form and a Profile given by the user -> the Form that is read, and what changed between the two."""

from normalize.profile.names import with_names
from normalize.profile.step import CHANGES, RULE, area_changes, pin

__all__ = ["CHANGES", "RULE", "area_changes", "pin", "with_names"]
