"""Pages that are pictures turned into the same lines and grids that a digital page gives."""
