"""What is owed to employers or workers beyond a month: advances, corrections, what heirs get."""
