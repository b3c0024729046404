"""What else a sheet could say, and what that would change: the way to a higher star."""
