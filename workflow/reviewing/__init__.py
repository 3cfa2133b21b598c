"""Who of a reviewing office does what: its people, and which counties and sections each has."""
