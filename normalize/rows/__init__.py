"""Cells of the plan's grids turned into rows with named fields; `build.build_rows` is the way in."""
