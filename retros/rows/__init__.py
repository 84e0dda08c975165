"""What the pages of a quarter's end show, as plain rows made from what was read; nothing here asks the database."""
