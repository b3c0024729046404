"""The day of a resident: attendance, and what the home records of its quality."""
