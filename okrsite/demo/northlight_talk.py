"""What the people of Northlight gave each other back and say to each other (0 is this week), and what they typed of this one."""

from okrsite.demo.tables import Cheered, Commented, Suggested, SuggestedWhole

CHEERED = (
    Cheered("jonas", "mira", 1, "CLAP", "The tide piece stopped me in the corridor."),
    Cheered("priya", "mira", 1, "HOORAY", "Nineteen strangers wrote back. Nineteen!"),
    Cheered("elif", "mira", 1, "THANKS"),
    Cheered("mira", "jonas", 0, "CLAP", "Forty strangers, and no slides."),
    Cheered("elif", "priya", 0, "WITH_YOU", "Two wrong figures found are two fewer to come."),
    Cheered("priya", "jonas", 1, "HOORAY"),
)
COMMENTED = (
    Commented(
        "priya",
        6,
        "The third essay was the first I forwarded. The middle part about unfinished drawers did it.",
        goal="writer",
    ),
    Commented(
        "jonas",
        3,
        "Would you read one aloud at the meetup? I can trade you a slot. @priya-raman you heard the drawers one.",
        goal="writer",
        mentions=("priya",),
    ),
    Commented("priya", 2, "Twice. @mira-okafor say yes.", goal="writer", mentions=("mira",), is_edited=True),
    Commented("mira", 1, "Yes. Thursday, before the demos?", goal="writer"),
    Commented("jonas", 2, "Is the heavier paper here yet? I want to see the tide piece on it.", week_of=("mira", 1)),
    Commented("elif", 1, "So do I. Ask the print collective, I promised you met them.", week_of=("mira", 1)),
    Commented("elif", 2, "Seventeen minutes! What is left of the forty-one?", goal="ship"),
)

SUGGESTED = (
    Suggested(
        "priya", 30, "writer", "Letters from strangers", key_result=1, taken="Replies from readers I do not know"
    ),
    Suggested("elif", 1, "writer", "Essays read aloud to somebody before they go out", measure=("0", "4", "essays")),
)

SUGGESTED_WHOLE = (
    SuggestedWhole(
        "elif",
        "tomasz",
        2,
        "Be the one whom others ask how we decide",
        "You read what nobody else reads. Half of us would decide better if we knew what you know.",
        ("Talks about a decision that others ask you for", "A page of ours that people come back to, by who opens it"),
    ),
)

TYPED = {  # not given yet: nobody else reads it
    "tomasz": {"did": "Read two hundred pages of other people’s meetings.", "learned": "Nobody writes down why"},
}
