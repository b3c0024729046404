"""The compiled rows against plain counting and plain enumeration."""
