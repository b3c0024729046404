"""Workbooks are read in a process of its own, held to limits; what it refuses is told in words."""
