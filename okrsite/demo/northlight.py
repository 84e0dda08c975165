"""Northlight: the sample organisation. It sells tickets for small museums and theatres.

Nobody in it is real. Its numbers stand as they would on a Thursday in the eighth week of a quarter.
"""

from okrsite.demo.northlight_accelerator import ACCELERATOR
from okrsite.demo.northlight_before import BEFORE
from okrsite.demo.northlight_compass import COMPASS, COMPASS_SAID
from okrsite.demo.northlight_front_desk import FRONT_DESK, FRONT_DESK_SAID
from okrsite.demo.northlight_private import PRIVATE
from okrsite.demo.northlight_together import TOGETHER
from okrsite.demo.northlight_weeks import ACCELERATOR_SAID
from okrsite.demo.tables import Group, Person
from people.demo import PASSWORD as PASSWORD

NAME = "Northlight"
ZONE = "Europe/Berlin"
DOMAIN = "northlight.example"

PEOPLE = (
    Person("Mira Okafor", "accelerator", manager="elif"),
    Person("Jonas Lindqvist", "accelerator", manager="elif"),
    Person("Priya Raman", "accelerator", manager="elif"),
    Person("Tomasz Wrona", "accelerator", manager="elif", behind=1),
    Person("Elif Demir", "accelerator", role="LEAD", manager="ruth"),
    Person("Sam Beaumont", "accelerator", manager="elif", behind=3, away=(2, -2)),
    Person("Ana Ferrer", "front-desk", role="LEAD", manager="ruth"),
    Person("Kofi Mensah", "front-desk", manager="ana"),
    Person("Lucia Romano", "front-desk", manager="ana", behind=1),
    Person("Henrik Dahl", "front-desk", manager="ana"),
    Person("Nina Petrova", "compass", role="LEAD", manager="ruth"),
    Person("Yusuf Kaya", "compass", manager="nina"),
    Person("Oskar Brandt", "compass", manager="nina", behind=1),
    Person("Ada Moreau", "compass", manager="nina", is_site_admin=True),
    Person("Ruth Adeyemi", "compass"),
)

EVERYONE = "northlight"
GROUPS = (
    Group(
        EVERYONE,
        NAME,
        "Small houses deserve good tools. We make the ones that get people through their doors.",
        kind="ORGANISATION",
        weekday=3,
        at="16:00",
        every=4,
        guests=(("ruth", "LEAD"),),
    ),
    Group(
        "accelerator",
        "Accelerator",
        "We make it easy for everybody else to ship, and we grow people who could lead this team without us.",
        guests=(("ana", "COACH"),),
    ),
    Group(
        "front-desk",
        "Front Desk",
        "We answer those who open the doors, so that they can look at their visitors instead of a screen.",
        at="14:00",
    ),
    Group(
        "compass",
        "Compass",
        "We find out what a small house needs before anybody builds it, and we say no kindly.",
        weekday=3,
        at="11:00",
    ),
    Group(
        "speakers-corner",
        "Speakers’ Corner",
        "We try talks on each other before strangers hear them.",
        kind="CIRCLE",
        weekday=2,
        at="12:30",
        every=2,
        guests=(("jonas", "LEAD"), ("priya", "MEMBER"), ("lucia", "MEMBER"), ("yusuf", "MEMBER")),
        own=(("round-1", -10, 6), ("round-2", -4, 6), ("round-3", 2, 6)),
    ),
)

GOALS = (*ACCELERATOR, *TOGETHER, *FRONT_DESK, *COMPASS, *PRIVATE, *BEFORE)
SAID = (*ACCELERATOR_SAID, *FRONT_DESK_SAID, *COMPASS_SAID)
LATE = (("tomasz", 2), ("kofi", 3), ("oskar", 4))  # filled in on the Monday after
INVITED = (
    ("noor@northlight.example", "accelerator", "elif", "MEMBER"),
    ("lee@northlight.example", "compass", "nina", "MEMBER"),
    ("mira@northlight.example", "speakers-corner", "jonas", "MEMBER"),  # who is here is invited by name
)
INVITING_WORDS = "We meet once a week. Bring one thing you would be proud of in three months."
