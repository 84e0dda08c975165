"""What the API says of quarters, objectives and key results."""
