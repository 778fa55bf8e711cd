"""Time that a plan prints in words turned into periods: what is understood, what is left open, what is not known."""

from normalize.schedule_text.model import Reading, Span
from normalize.schedule_text.parse import read_schedule_text
from normalize.schedule_text.words import ScheduleWords

__all__ = ["Reading", "ScheduleWords", "Span", "read_schedule_text"]
