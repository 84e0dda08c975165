"""What the API says of people's weeks."""
