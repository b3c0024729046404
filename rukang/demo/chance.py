"""Chance that is the same for the same seed, and for each matter by itself."""

from __future__ import annotations

import numpy as np


def chance(seed: int, *matter: int | str) -> np.random.Generator:
    """Return the chance of a matter: what happens elsewhere does not move it."""
    keys = [key if isinstance(key, int) else int.from_bytes(key.encode()) for key in matter]
    return np.random.default_rng([seed, *keys])
