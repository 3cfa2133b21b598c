"""The automatic checks by name, and the county's explanations of what they found."""
