"""Forms: what is typed, kept, saved, and told about it."""
