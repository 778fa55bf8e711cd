"""Documents that the benchmarks draw, print and copy."""
