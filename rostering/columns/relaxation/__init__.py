"""The master problem without whole numbers: prices, columns and the bound that they give."""
