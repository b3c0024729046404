"""Everybody's own rules as flat tables, and compiled searches over them."""
