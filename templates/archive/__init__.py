"""What makes a drawn PDF fit for an archive: PDF/A-2b."""
