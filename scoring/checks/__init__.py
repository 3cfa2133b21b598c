"""The automatic checks by name: what each looked at and what it found, out of the assessment's own reasons."""
