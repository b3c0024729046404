"""Tests of the command line, as its users type it."""
