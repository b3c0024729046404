"""Whole rows as columns: pricing them at duals."""
