"""The text engine: cleaning, cutting into tokens, breaking into lines, placing on them. Knows no page and no PDF."""
