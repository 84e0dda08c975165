"""What the people of Northlight gave each other back for their weeks; 0 is this week."""

from okrsite.demo.tables import Cheered

CHEERED = (
    Cheered("jonas", "mira", 1, "CLAP", "The tide piece stopped me in the corridor."),
    Cheered("priya", "mira", 1, "HOORAY", "Nineteen strangers wrote back. Nineteen!"),
    Cheered("elif", "mira", 1, "THANKS"),
    Cheered("mira", "jonas", 0, "CLAP", "Forty strangers, and no slides."),
    Cheered("elif", "priya", 0, "WITH_YOU", "Two wrong figures found are two fewer to come."),
    Cheered("priya", "jonas", 1, "HOORAY"),
)
