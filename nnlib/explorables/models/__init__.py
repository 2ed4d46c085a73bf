"""What several figures share: their landscapes, data and networks."""
