"""What is typed at a quarter's end."""
