"""Heads that covers ask for: where there are too few in any case, and who else could be one."""
