"""What banks, insurance, tax office and federation are handed, each in its own form."""
