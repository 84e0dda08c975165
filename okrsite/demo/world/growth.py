"""What people of a bigger sample organisation pursue for themselves."""

from objectives.rules import Kind
from okrsite.demo.world.shapes import Aim, Sketch

SUBJECTS = ("statistics", "databases", "interview technique", "typography", "negotiation", "accounting", "forecasting")
TONGUES = ("Portuguese", "Polish", "French", "Dutch", "Turkish", "Arabic", "Danish", "Italian")
CRAFTS = ("woodwork", "bread", "drawing", "the piano", "photography", "knitting", "gardening", "pottery")

GROWTH = (
    Aim(
        "Explain {} so that a newcomer nods",
        "I know it well enough to use it and not well enough to teach it. If this works, people come to me with their "
        "first question and leave with a better second one.",
        (
            Sketch("Lunch talks given", Kind.COUNT, 0, 4, "talks", "Whoever teaches learns twice."),
            Sketch("Listeners who could explain it to somebody else", Kind.PERCENT, 40, 75, "%"),
            Sketch("Questions I could answer without looking it up", Kind.RATIO, 45, 80, "%"),
        ),
        SUBJECTS,
        "Ask three people what puzzled them most.",
    ),
    Aim(
        "Hold a conversation in {}",
        "Half of our guests speak it and I smile and nod. If this works, we laugh about the same thing.",
        (
            Sketch("Conversations without English", Kind.COUNT, 0, 12, "conversations"),
            Sketch("Words that I use without thinking", Kind.NUMBER, 300, 900, "words"),
            Sketch("Evenings of practice a week", Kind.NUMBER, 1, 4, "evenings"),
        ),
        TONGUES,
    ),
    Aim(
        "Get good enough at {} to give it away",
        "My hands want something to do that nobody can delete. If this works, somebody else is glad of what I made.",
        (
            Sketch("Pieces that I would show somebody", Kind.COUNT, 0, 6, "pieces"),
            Sketch("Hours a week away from a screen", Kind.NUMBER, 2, 6, "hours"),
            Sketch("Something of mine in another’s home", Kind.YES_NO),
        ),
        CRAFTS,
    ),
    Aim(
        "Lead a meeting that people are glad to have been at",
        "Mine end when the clock says so. If this works, they end when we know what to do.",
        (
            Sketch("Meetings that ended early", Kind.RATIO, 20, 60, "%"),
            Sketch("Share of the time in which others speak", Kind.PERCENT, 45, 70, "%"),
            Sketch("Decisions written down the same day", Kind.PERCENT, 50, 95, "%"),
        ),
        first_step="Cancel the one that nobody would miss.",
    ),
    Aim(
        "Speak so that the last row leans in",
        "I prepare slides and hide behind them. If this works, somebody remembers a sentence a week later.",
        (
            Sketch("Talks to twenty people or more", Kind.COUNT, 0, 3, "talks"),
            Sketch("Listeners who would come again", Kind.PERCENT, 60, 85, "%"),
            Sketch(
                "The way to the summer meetup",
                Kind.LADDER,
                steps=("An idea of one sentence", "Told to a friend", "Tried on the team", "Given"),
            ),
        ),
    ),
    Aim(
        "Help two newcomers stand on their own feet",
        "I had somebody who answered patiently. If this works, they stop asking me, and others ask them.",
        (
            Sketch("Changes they finished without me", Kind.COUNT, 0, 8, "changes"),
            Sketch("Days to a first finished piece of work", Kind.NUMBER, 15, 6, "days"),
            Sketch("Weeks in which we talked for an hour", Kind.RATIO, 40, 90, "%"),
        ),
    ),
    Aim(
        "Write things that people finish reading",
        "My mails are long and my notes are read by me. If this works, somebody quotes one back to me.",
        (
            Sketch("Notes published", Kind.COUNT, 0, 6, "notes"),
            Sketch("Readers who answered", Kind.COUNT, 0, 20, "readers"),
            Sketch("Pages thrown away before sending", Kind.PERCENT, 5, 30, "%"),
        ),
    ),
    Aim(
        "Understand the numbers before I trust them",
        "I add up quickly and ask late. If this works, the mistake is found by me, and on the day it was made.",
        (
            Sketch("Analyses that needed no correction", Kind.COUNT, 0, 5, "analyses"),
            Sketch("Forecasts inside my own error bars", Kind.RATIO, 50, 80, "%"),
            Sketch("Hours from a question to a first answer", Kind.NUMBER, 30, 8, "hours"),
        ),
    ),
    Aim(
        "Ask before I answer",
        "I am quick to know, and others learn to wait for me. If this works, they arrive with an answer of their own.",
        (
            Sketch("1:1s in which the other talked most", Kind.RATIO, 40, 80, "%"),
            Sketch("Decisions taken without me", Kind.PERCENT, 30, 65, "%"),
            Sketch("A week in which I gave no advice", Kind.YES_NO),
        ),
    ),
    Aim(
        "Be the one who knows how the other side works",
        "We throw things over a wall and wonder what comes back. If this works, there is a door.",
        (
            Sketch("Days spent beside another team", Kind.COUNT, 0, 6, "days"),
            Sketch("Questions settled without a ticket", Kind.PERCENT, 20, 60, "%"),
            Sketch(
                "What I learned, for the others",
                Kind.LADDER,
                steps=("Watched a day", "Wrote down what surprised me", "Told my team", "We changed one thing"),
            ),
        ),
        first_step="Ask whether I may sit there on a Tuesday.",
    ),
    Aim(
        "Finish what I begin",
        "I have eleven things that are nearly done. If this works, I have two, and people ask me for a third.",
        (
            Sketch("Things in my hands at once", Kind.NUMBER, 9, 3, "things"),
            Sketch("Weeks in which what I planned was done", Kind.RATIO, 40, 80, "%"),
            Sketch("Promises that I had to move", Kind.NUMBER, 6, 1, "a month"),
        ),
    ),
    Aim(
        "Make my work something that another could take over",
        "When I am ill, questions wait for me. If this works, nobody notices that I am away.",
        (
            Sketch("Tasks that somebody else has done once", Kind.COUNT, 0, 7, "tasks"),
            Sketch("Things that only I know", Kind.NUMBER, 12, 3, "things"),
            Sketch("A week off without a call", Kind.YES_NO),
        ),
    ),
    Aim(
        "Earn the certificate that I keep putting off",
        "Three years of “after summer”. If this works, it hangs in the hall and I know why.",
        (
            Sketch("Hours of study", Kind.COUNT, 0, 40, "hours"),
            Sketch("Practice questions that I got right", Kind.PERCENT, 45, 85, "%"),
            Sketch("Steps to it", Kind.LADDER, steps=("Enrolled", "First half", "Mock exam", "Passed")),
        ),
    ),
    Aim(
        "Spend the travel money on journeys that teach me something",
        "I go where I am sent. If this works, each journey ends with something that we try at home.",
        (
            Sketch("Spent on visits", Kind.CURRENCY, 0, 900, "€"),
            Sketch("Places visited with a question", Kind.COUNT, 0, 3, "places"),
            Sketch("Ideas tried at home", Kind.COUNT, 0, 4, "ideas"),
        ),
    ),
)
RECOVERY = (
    Aim(
        "Sleep again",
        "I have been running on little for too long. Everything else can wait its turn.",
        (
            Sketch("Nights of seven hours", Kind.RATIO, 30, 75, "%"),
            Sketch("Evenings offline, a week", Kind.NUMBER, 1, 5, "evenings"),
        ),
    ),
    Aim(
        "Come back slowly",
        "The doctor said half days, and I heard full ones. This time I mean it.",
        (
            Sketch("Days that ended when I had said", Kind.RATIO, 30, 90, "%"),
            Sketch("Walks before lunch, a week", Kind.NUMBER, 0.5, 4, "walks"),
        ),
    ),
)
