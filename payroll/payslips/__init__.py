"""What a month came to: payslips, every line explained, and the digest that verifies them."""
