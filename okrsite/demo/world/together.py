"""What the teams of a bigger sample organisation push together."""

from objectives.rules import Kind
from okrsite.demo.world.shapes import Aim, Sketch

TOGETHER = (
    Aim(
        "Give people an answer before they ask twice",
        "Every second question we get is the first one again. If this works, people know what happens next.",
        (
            Sketch("Questions asked a second time", Kind.PERCENT, 38, 15, "%", "Silence makes people ask again."),
            Sketch("Hours to a first answer, median", Kind.NUMBER, 22, 6, "hours"),
            Sketch("Answers rated as helpful", Kind.PERCENT, 71, 88, "%"),
        ),
        first_step="Read forty of last month’s questions together.",
    ),
    Aim(
        "Ship a change before the coffee goes cold",
        "Waiting for a release is how good ideas go stale. If this works, nobody plans a week around one.",
        (
            Sketch("Merge to production, median", Kind.NUMBER, 90, 20, "min"),
            Sketch("Deployments rolled back", Kind.PERCENT, 12, 3, "%", "Fast is only worth having when it stays up."),
            Sketch("Main branch green", Kind.PERCENT, 81, 98, "%"),
        ),
    ),
    Aim(
        "Sleep through the night, and let our guests sleep too",
        "What wakes us at three keeps somebody waiting on a platform. If this works, the telephone stays dark.",
        (
            Sketch("Pages outside working hours, a month", Kind.NUMBER, 11, 3, "pages"),
            Sketch("Requests answered within 300 ms", Kind.PERCENT, 94, 99, "%"),
            Sketch("Incidents with a written lesson in 5 days", Kind.RATIO, 50, 90, "%"),
        ),
    ),
    Aim(
        "Make the first journey feel like the tenth",
        "Who is new hesitates at four places, and we know all of them. If this works, they hesitate at none.",
        (
            Sketch("First bookings finished without help", Kind.PERCENT, 58, 80, "%"),
            Sketch("Minutes from a first look to a ticket", Kind.NUMBER, 14, 6, "min"),
            Sketch("The four places", Kind.LADDER, steps=("The seat", "The passport", "The bicycle", "The receipt")),
        ),
    ),
    Aim(
        "Spend less on what nobody notices",
        "We pay for three things that do the same. If this works, the money goes where people feel it.",
        (
            Sketch("Running costs a month", Kind.CURRENCY, 48000, 39000, "€"),
            Sketch("Tools in use twice", Kind.NUMBER, 9, 3, "tools"),
            Sketch("Contracts read before they renew", Kind.RATIO, 30, 95, "%"),
        ),
    ),
    Aim(
        "Know what our guests would miss",
        "We guess well, and we guess. If this works, each of us can name three people who would be sad without us.",
        (
            Sketch("Conversations with guests", Kind.COUNT, 0, 24, "conversations"),
            Sketch("Decisions that name what we heard", Kind.PERCENT, 15, 60, "%"),
            Sketch("Everybody in the team has listened once", Kind.YES_NO),
        ),
    ),
    Aim(
        "Leave the place easier than we found it",
        "Old things slow down new ones, and nobody owns the old ones. If this works, we delete more than we add.",
        (
            Sketch("Old pieces taken out", Kind.COUNT, 0, 15, "pieces"),
            Sketch("Days to a newcomer’s first finished work", Kind.NUMBER, 12, 5, "days"),
            Sketch("Work that came back", Kind.PERCENT, 18, 7, "%"),
        ),
    ),
    Aim(
        "Bring people back a second time",
        "Most of those who leave us were content. If this works, they think of us first.",
        (
            Sketch("Guests who travel again within a year", Kind.PERCENT, 31, 42, "%"),
            Sketch("Revenue from those who came back", Kind.CURRENCY, 120000, 160000, "€"),
            Sketch("Letters answered by hand", Kind.COUNT, 0, 60, "letters"),
        ),
    ),
    Aim(
        "Say yes to those whom stairs have kept away",
        "One in nine asks whether it is possible, and we answer too late. If this works, they need not ask.",
        (
            Sketch("Stations described step by step", Kind.COUNT, 0, 30, "stations"),
            Sketch("Requests for help met on the day", Kind.RATIO, 62, 95, "%"),
            Sketch("Pages that pass with a screen reader", Kind.PERCENT, 70, 100, "%"),
        ),
    ),
    Aim(
        "Be a team that anybody could join on Monday",
        "What we do is in our heads. If this works, a newcomer laughs at the right moment in week two.",
        (
            Sketch("Things that only one of us can do", Kind.NUMBER, 14, 5, "things"),
            Sketch("Work done in pairs", Kind.PERCENT, 10, 40, "%"),
            Sketch("The handbook", Kind.LADDER, steps=("Outline", "First half", "Read by a stranger", "In use")),
        ),
    ),
    Aim(
        "Tell people first, and tell them the truth",
        "They learn of a delay from each other. If this works, they hear it from us, with what they can do.",
        (
            Sketch("Delays told before they showed", Kind.RATIO, 35, 80, "%"),
            Sketch("Minutes until somebody is told", Kind.NUMBER, 17, 5, "min"),
            Sketch("Messages without an answer to “and now?”", Kind.PERCENT, 45, 10, "%"),
        ),
    ),
    Aim(
        "Count once, and believe it",
        "Three reports, three numbers, one meeting about which is right. If this works, we talk about what to do.",
        (
            Sketch("Reports that agree with each other", Kind.PERCENT, 55, 95, "%"),
            Sketch("Days until a month is closed", Kind.NUMBER, 9, 3, "days"),
            Sketch("Numbers whose origin is written beside them", Kind.PERCENT, 20, 90, "%"),
        ),
    ),
)
