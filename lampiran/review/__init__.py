"""A result with doubts -> what people decide about them, kept beside it and applied by the next `extract`."""
