"""Shared means of writing documents: type, tables, print."""
