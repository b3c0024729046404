"""What is claimed about speed, reproducible."""
