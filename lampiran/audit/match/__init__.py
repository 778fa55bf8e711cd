"""Which cell of a transcription says what of the plan."""
