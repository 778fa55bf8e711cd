"""The grids that the rulings of a straightened picture draw."""
