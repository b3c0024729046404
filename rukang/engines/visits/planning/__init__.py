"""How a plan is found: what remains to be planned, tours, a start, and the search."""
