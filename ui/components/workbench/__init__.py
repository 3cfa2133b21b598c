"""工作台: what waits for whom, how far each submission is."""
