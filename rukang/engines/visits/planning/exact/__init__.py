"""The exact model in two stages, tours with their pairs and then days, and its bound."""
