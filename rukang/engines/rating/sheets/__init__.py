"""Score sheets: the answers, blank ones, checked against an edition, carried over to another."""
