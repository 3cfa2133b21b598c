"""试算: a submission in memory, loaded from a file or a sample."""
