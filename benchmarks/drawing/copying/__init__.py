"""Copies of printed pages, as offices make them."""
