"""Engines that know no database, each useful alone: rating, and planning of visits."""
