"""What is typed and not saved: kept as the person's own."""
