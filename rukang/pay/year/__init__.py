"""A worker's tax year and an employer's: with whom else, since when, on which certificate."""
