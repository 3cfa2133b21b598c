"""One entry of a submission: its number, its days, the files it names."""
