"""Pages of people, their files, and the homes and other bodies that answer for them."""
