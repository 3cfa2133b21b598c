"""Verdicts kept with the data: written with what changes them, read by every list, judged anew where they are old."""
