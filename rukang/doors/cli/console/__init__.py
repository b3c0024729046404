"""What the console shows: lines as wide as they look, errors as words, how far work has come."""
