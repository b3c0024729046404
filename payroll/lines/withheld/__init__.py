"""What is contributed and withheld: insurance, housing fund and tax."""
