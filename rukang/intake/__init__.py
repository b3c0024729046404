"""Workbooks in: each checked whole, then stored whole or not at all."""
