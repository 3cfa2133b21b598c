"""What a round holds as tidy tables for whoever works it out by program: one observation a line, joined by ids."""
