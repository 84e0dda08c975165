"""What every endpoint of the API has in common. No tables, no people."""
