"""Bodies: what changes of them from a day on, and who answers for whom."""
