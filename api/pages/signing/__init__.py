"""Pages of signing in, accounts and their roles."""
