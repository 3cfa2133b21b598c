"""One PDF of many: documents of ours and material of all kinds bound on A4, numbered, with bookmarks."""
