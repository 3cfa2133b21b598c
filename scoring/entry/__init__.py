"""From what a person typed to an answer."""
