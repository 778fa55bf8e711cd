"""PDF pages drawn operator by operator, with content that is hidden, covered or replaced."""
