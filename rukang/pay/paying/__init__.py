"""Money on its way: to the bank and back, parts of a month, when a wage was paid."""
