"""What is settled beside a month's wage: arrears, late fees, the tax year and its certificate."""
