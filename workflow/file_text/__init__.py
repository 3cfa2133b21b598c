"""What a file says, each piece with its place, read in a process of its own; and what of it names persons."""
