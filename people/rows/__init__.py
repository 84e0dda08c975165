"""What the pages of people and teams are made of: rows and words, shaped for reading."""
