"""The roster engine: a problem in, a checked and explained roster out."""
