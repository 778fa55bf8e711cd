"""Rows that the end of a page cuts in two."""
