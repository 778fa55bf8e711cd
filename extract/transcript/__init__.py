"""Transcriptions of a decree (text, TSV, CSV, XLSX, Markdown, HTML) turned into an Extraction."""

from extract.transcript.reading import read_transcript

__all__ = ["read_transcript"]
