"""Columns against plain enumeration."""
