"""Who asks the API, and what it says of people and teams."""
