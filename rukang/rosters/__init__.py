"""Rosters of a home: the problem from its records, the solved plan, its documents."""
