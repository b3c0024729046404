"""Operations of Rukang Homes (如康家园): homes, people, rosters, wages, ratings, records."""
