"""Ways in and out of the house: command line, workers, workbooks, upkeep, a person's rights."""
