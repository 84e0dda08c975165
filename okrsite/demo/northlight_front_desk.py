"""Team Front Desk: what it wants, and what it said."""

from okrsite.demo.tables import Goal, Measure, Said

FRONT_DESK = (
    Goal(
        "once",
        "ana",
        "Support answers once",
        "People write to us with a queue behind them. If this works, they write once, read one answer and turn back to "
        "their visitors.",
        kind="TEAM",
        team="front-desk",
        audience="EVERYONE",
        first_step="Read twenty answers aloud and stop where we lose the thread.",
        co_owners=("lucia",),
        measures=(
            Measure(
                "Questions settled by the first answer",
                "PERCENT",
                ("58", "75", "%"),
                "55566677",
                "58 59 61 62 64 65 67 68",
            ),
            Measure("Hours until a first answer", "NUMBER", ("7", "2", "h"), "56665566", "7 6.5 5.5 5 5 4.5 4 3.5"),
            Measure(
                "Answers that needed an engineer",
                "PERCENT",
                ("30", "15", "%"),
                "54444555",
                "30 30 28 28 26 25 24 22",
            ),
        ),
    ),
    Goal(
        "ten-questions",
        "kofi",
        "Turn the same ten questions into none",
        "Ten questions make half of our post. If this works, the answer stands where the question comes up.",
        kind="TEAM",
        team="front-desk",
        audience="EVERYONE",
        first_step="Print the ten questions and hang them over the kettle.",
        measures=(
            Measure(
                "Help pages written by those who were asked",
                "COUNT",
                ("0", "10", "pages"),
                "55667789",
                "0 1 3 4 6 8 9 10",
                "Whoever knows the answer should also own the page.",
            ),
            Measure(
                "Questions about refunds, a week",
                "NUMBER",
                ("40", "15", ""),
                "55556655",
                "40 41 38 35 31 28 26 24",
            ),
            Measure("A line that is answered on Saturdays", "YES_NO", ("0", "1", ""), "55433344", "0"),
        ),
    ),
    Goal(
        "coach",
        "ana",
        "Coach without steering",
        "I know how I would do it, and it shows in my face. If this works, a team leaves the room with a plan that I "
        "would never have made.",
        audience="EVERYONE",
        first_step="Sit where nobody looks for me.",
        measures=(
            Measure(
                "Rounds I opened and then only heard",
                "COUNT",
                ("0", "8", "rounds"),
                "55566677",
                "0 1 1 2 3 4 4 5",
            ),
            Measure("Leads who asked me back", "COUNT", ("0", "3", "leads"), "55555667", "0 0 0 1 1 1 2 2"),
            Measure(
                "Meetings that ended with their own next step",
                "RATIO",
                ("0", "90", "%"),
                "55566777",
                "1/3 2/4 2/3 3/4 4/4 3/3 0/0 4/4",
            ),
        ),
    ),
    Goal(
        "french",
        "kofi",
        "Speak French on the phone without a run-up",
        "I let it ring twice when the number begins with +33. If this works, I pick up first.",
        first_step="Greet Lucia in French for a week.",
        hours="2",
        money="240",
        measures=(
            Measure("Calls taken in French", "COUNT", ("0", "20", "calls"), "54555566", "0 0 2 3 4 6 7 9"),
            Measure(
                "Calls I handed over, a month",
                "NUMBER",
                ("12", "3", ""),
                "55556666",
                "12 12 11 10 9 8 7 6",
            ),
            Measure(
                "The Monday call with Lyon",
                "LADDER",
                ("0", "100", "%"),
                "44455567",
                "0 1 1 1 2 2 2 3",
                "It is the call that I always hand over.",
                steps=(("Listened in", 10), ("Taken beside Lucia", 25), ("Taken alone", 40), ("Two in a row", 25)),
            ),
        ),
    ),
    Goal(
        "thanked",
        "lucia",
        "Write answers that people thank us for",
        "My answers are right and as long as a contract. If this works, somebody writes back only to say thank you.",
        first_step="Delete the first sentence of each answer.",
        measures=(
            Measure("Answers that were thanked", "PERCENT", ("12", "25", "%"), "5556667", "12 13 13 15 16 18 19"),
            Measure(
                "Words in a typical answer",
                "NUMBER",
                ("180", "90", ""),
                "5666777",
                "180 170 160 150 140 128 120",
            ),
        ),
    ),
    Goal(
        "signs",
        "lucia",
        "Greet deaf visitors in their own language",
        "Our houses ask for it, and I would like to know what I am talking about.",
        state="DROPPED",
        dropped=(3, "The evening course was cancelled. I begin again when there is a teacher."),
        measures=(Measure("Lessons taken", "COUNT", ("0", "10", "lessons"), "5543", "0 1 1 1"),),
    ),
    Goal(
        "feet",
        "henrik",
        "Find my feet in three months",
        "Everything is new, and everybody is patient. If this works, the next newcomer asks me.",
        first_step="Have lunch with somebody I cannot place yet.",
        measures=(
            Measure(
                "Questions I answer without asking first",
                "PERCENT",
                ("10", "60", "%"),
                "45566677",
                "10 14 20 25 30 36 40 45",
            ),
            Measure("Colleagues I had lunch with", "COUNT", ("0", "12", "lunches"), "56677777", "0 2 3 4 5 6 7 8"),
        ),
    ),
)

FRONT_DESK_SAID = (
    Said(
        "ana",
        0,
        did=(
            ("once", "Two answers in three were the last word."),
            ("coach", "Sat at the back at Accelerator and said nothing."),
        ),
        plan=(("once", "Read the long answers aloud with Lucia."),),
        learned=(("coach", "They look at whoever looks at them."),),
    ),
    Said(
        "kofi",
        0,
        did=(
            ("ten-questions", "The tenth help page is out; its author is proud of it."),
            ("french", "Took two calls from Lyon."),
        ),
        plan=(("ten-questions", "Ask who would trade a Tuesday for a Saturday."),),
        learned=(("ten-questions", "People own what has their name on it."),),
    ),
    Said(
        "henrik",
        0,
        did=(("feet", "Answered a refund question before anybody turned round."),),
        plan=(("feet", "Lunch with somebody from Compass."),),
    ),
    Said(
        "ana",
        1,
        did=(("once", "Half an hour off the first answer."),),
        plan=(("coach", "Open the round at Accelerator, then be quiet."),),
    ),
    Said(
        "kofi",
        1,
        did=(("ten-questions", "Nine pages of ten."),),
        plan=(("french", "Let nobody else take Lyon."),),
    ),
    Said(
        "lucia",
        1,
        did=(
            ("thanked", "Cut an answer from two hundred words to sixty."),
            ("once", "Nobody wrote a second time about it."),
        ),
        plan=(("thanked", "Delete my favourite sentence each day."),),
        learned=(("thanked", "The reader wants the third sentence first."),),
    ),
    Said(
        "henrik",
        1,
        did=(("feet", "Set up my machine with nobody beside me."),),
        plan=(("feet", "Take the early shift."),),
    ),
    Said("lucia", 2, did=(("thanked", "One thank-you, from a lighthouse museum."),)),
    Said(
        "ana",
        2,
        did=(("coach", "A lead asked me back."),),
        learned=(("", "A good round ends before anybody looks at the clock."),),
    ),
)
