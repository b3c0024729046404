"""The life of a month of wages: asked for, calculated, approved, locked, settled in the next."""
