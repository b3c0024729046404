"""What contracts and the law allow one person in a month."""
