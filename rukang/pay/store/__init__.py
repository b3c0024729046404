"""What is kept of a month of wages, as it was, and whether it can be reckoned again alike."""
