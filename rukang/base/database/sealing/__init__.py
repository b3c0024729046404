"""Personal numbers sealed: the vault, its keys and their file, keys of persons, sealing anew."""
