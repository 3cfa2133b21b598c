"""Files and printed papers by address, for whom `workflow` allows."""
