"""The demonstrations: a whole house on one invented home, and a whole city."""
