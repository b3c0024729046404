"""Editions as people write them: read, checked for sense, compared."""
