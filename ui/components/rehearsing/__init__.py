"""规则预演: its questions and its answer."""
