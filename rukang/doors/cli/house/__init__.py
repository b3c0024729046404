"""Running the house: database and keys, accounts, figures, calendar, audit, servers."""
