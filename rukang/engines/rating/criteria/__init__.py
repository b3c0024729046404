"""What an edition says: criteria with their answers, sections, stars, rules."""
