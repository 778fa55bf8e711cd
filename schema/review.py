"""When a person is asked: the certainty below which a recognised text waits for a decision."""

from __future__ import annotations

DEFAULT_THRESHOLD = 0.9  # `python -m benchmarks calibrate` prints what 0.8 and 0.9 cost
