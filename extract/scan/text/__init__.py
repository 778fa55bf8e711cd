"""Turns the cells and loose areas of a straightened page into lines of text with confidences."""

from extract.scan.text.reading import available_readers, read_cells, read_loose, reader_versions

__all__ = ["available_readers", "read_cells", "read_loose", "reader_versions"]
