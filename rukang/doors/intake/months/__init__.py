"""Workbook 05: what a month brings, day by day, in hours, and made by teams."""
