"""Data files of the program and the readers that turn them into values."""
