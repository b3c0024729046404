"""From answers to a star: points, sections, the ladder, and the path that explains it."""
