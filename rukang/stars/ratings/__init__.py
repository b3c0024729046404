"""Ratings that are kept: of which home, under which edition, and the editions of this place."""
