"""Turns the cells and loose areas of a straightened page into lines of text with confidences."""

from extract.scan.text.registry import READERS, available_readers, reader_versions

__all__ = ["READERS", "available_readers", "reader_versions"]
