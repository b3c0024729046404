"""What comes back filled in: answers of banks, and score sheets of inspectors."""
