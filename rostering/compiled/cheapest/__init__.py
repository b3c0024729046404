"""The cheapest row of one person at given prices, exactly or as a bound."""
