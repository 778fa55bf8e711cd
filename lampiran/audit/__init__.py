"""An audit: what a transcription says, against what the paper says."""
