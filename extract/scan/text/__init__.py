"""Turns the cells and loose areas of a straightened page into lines of text with confidences."""
