"""Rows that a page break or a line feed cuts."""
