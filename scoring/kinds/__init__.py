"""One object per kind of measure: what its figure looks like, how it is read, judged, worded and typed."""
