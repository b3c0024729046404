"""The API of signing in, accounts and their roles."""
