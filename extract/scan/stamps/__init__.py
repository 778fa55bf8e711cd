"""Stamps and pens: ink that was put on a page after it was printed."""
