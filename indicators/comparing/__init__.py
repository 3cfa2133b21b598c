"""Two standards row by row: what differs, and whether they can stand in one round."""
