"""One submission: opening, saving, uploading, assigning, printing, exchanging it."""
