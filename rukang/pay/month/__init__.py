"""What a month's wages are reckoned from: days, pieces, terms, and what is odd about them."""
