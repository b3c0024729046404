"""Work of residents: employers and contracts, and what teams make together."""
