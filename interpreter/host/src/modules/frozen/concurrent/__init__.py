"""Things that happen at the same time."""
