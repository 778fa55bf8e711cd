"""What is right, wrong or missing in a matched transcription."""
