"""The ink of small cells turned into marks."""
