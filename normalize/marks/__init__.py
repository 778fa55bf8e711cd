"""Marks of the rows turned into schedules."""

from normalize.marks.decode import decode_schedules

__all__ = ["decode_schedules"]
