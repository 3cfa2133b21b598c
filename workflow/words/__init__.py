"""What an entry says, in words: labels and texts of its fields, and what differs between two versions."""
