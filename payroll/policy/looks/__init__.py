"""Looks at the rule base as a whole: all of a place and day, what differs, what is stale."""
