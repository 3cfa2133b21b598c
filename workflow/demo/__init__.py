"""The demonstration: invented divisions, counties in every kind of state."""
