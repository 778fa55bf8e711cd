"""Rulings and the grids they draw: the ground floor of digital and scanned pages."""
