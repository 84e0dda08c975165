"""Dates for calendars: a feed of one's own, and a file with a team's celebrations."""
