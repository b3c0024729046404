"""Who is responsible: the homes, and later institutions, offices, companies and shops."""
