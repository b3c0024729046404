"""Two inspectors apart: how far they agree, and one sheet of both."""
