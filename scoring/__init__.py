"""PURE: (standard, submission, level) -> assessment. No I/O, no clock, no framework; ``exchange`` is the one edge."""
