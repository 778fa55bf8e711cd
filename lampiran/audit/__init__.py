"""A transcription held against its decree: a verdict for each cell."""
