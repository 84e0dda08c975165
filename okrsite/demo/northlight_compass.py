"""Team Compass and the organisation itself: what they want, and what they said."""

from okrsite.demo.tables import Goal, Measure, Said

COMPASS = (
    Goal(
        "passed-on",
        "ruth",
        "Be the name that small houses pass on to each other",
        "Small houses believe each other and nobody else. If this works, we hear of a house from its neighbour before it "
        "hears of us.",
        kind="TEAM",
        team="northlight",
        audience="EVERYONE",
        first_step="Ask the last ten who joined where they heard our name.",
        measures=(
            Measure(
                "New houses sent by another house",
                "PERCENT",
                ("22", "40", "%"),
                "55556666",
                "22 23 25 25 27 28 30 31",
            ),
            Measure(
                "Houses that stay another year",
                "PERCENT",
                ("81", "90", "%"),
                "55666667",
                "81 81 82 83 84 84 85 86",
            ),
        ),
    ),
    Goal(
        "know",
        "nina",
        "Know a small museum better than its own website does",
        "We decide at desks for people at doors. If this works, every argument here begins with somebody we have met.",
        kind="TEAM",
        team="compass",
        audience="EVERYONE",
        first_step="Spend one Saturday behind a till.",
        co_owners=("oskar",),
        measures=(
            Measure("Houses visited in person", "COUNT", ("0", "12", "visits"), "55667677", "0 1 2 3 4 5 6 7"),
            Measure(
                "Decisions that quote somebody we met",
                "PERCENT",
                ("20", "60", "%"),
                "55566667",
                "20 22 28 30 35 38 42 45",
            ),
            Measure(
                "Trials that become customers",
                "PERCENT",
                ("18", "25", "%"),
                "55444555",
                "18 18 18 19 19 20 20 21",
            ),
        ),
    ),
    Goal(
        "first-ticket",
        "yusuf",
        "Make the first ticket the easiest one to sell",
        "A house signs up in hope and meets forty settings. If this works, its first visitor has paid before the kettle "
        "boils twice.",
        kind="TEAM",
        team="compass",
        audience="EVERYONE",
        first_step="Sell a ticket to myself, and note where I sigh.",
        measures=(
            Measure(
                "Hours from sign-up to a first ticket",
                "NUMBER",
                ("52", "24", "h"),
                "55555566",
                "52 51 50 47 45 43 40 38",
            ),
            Measure(
                "New houses that need help on day one",
                "PERCENT",
                ("65", "35", "%"),
                "54455556",
                "65 66 63 60 58 55 53 50",
            ),
            Measure(
                "New houses’ sales, a month",
                "CURRENCY",
                ("18000", "26000", "€"),
                "55556556",
                "18000 18200 18900 19300 20100 20400 20900 21400",
            ),
        ),
    ),
    Goal(
        "ask",
        "nina",
        "Ask questions that have no answer in them",
        "“Would you not also like…” is not a question. If this works, people tell me what I did not think of.",
        first_step="Record one interview and count my words.",
        measures=(
            Measure(
                "Interviews in which I spoke a fifth or less",
                "PERCENT",
                ("30", "70", "%"),
                "55566667",
                "30 33 40 42 48 50 52 55",
            ),
            Measure("Surprises written down", "COUNT", ("0", "10", "surprises"), "55566666", "0 1 1 2 3 4 5 6"),
        ),
    ),
    Goal(
        "draw",
        "yusuf",
        "Draw before I write",
        "Nobody reads my ninth page. If this works, we argue about a sketch on Monday and not about a document on Friday.",
        audience="EVERYONE",
        first_step="Put the paper where the keyboard is.",
        measures=(
            Measure("Sketches shown before noon", "COUNT", ("0", "20", "sketches"), "56666677", "0 1 3 4 6 8 9 11"),
            Measure(
                "Pages written that nobody asked for, a month",
                "NUMBER",
                ("14", "4", ""),
                "55555566",
                "14 14 13 12 11 10 9 8",
            ),
        ),
    ),
    Goal(
        "swim",
        "oskar",
        "Swim where the water has no walls",
        "Forty lanes and a clock: I count and do not swim. If this works, I come home with nothing to report but the sky.",
        audience="EVERYONE",
        first_step="Find somebody who swims in the lake all year.",
        measures=(
            Measure("Swims in open water", "COUNT", ("0", "20", "swims"), "5566677", "0 1 3 5 7 9 11"),
            Measure("Farthest swim", "NUMBER", ("0.4", "2", "km"), "5556656", "0.4 0.4 0.6 0.8 1 1 1.2"),
        ),
    ),
    Goal(
        "easier",
        "ada",
        "Leave every tool easier than I found it",
        "I am the one who knows where the keys are. If this works, I can be on a boat for a fortnight, and nobody rings.",
        first_step="Write down what I was asked on Monday.",
        hours="3",
        measures=(
            Measure(
                "Steps until a new laptop works",
                "NUMBER",
                ("31", "12", ""),
                "55566677",
                "31 30 28 27 25 24 22 20",
            ),
            Measure("Keys that only I hold", "NUMBER", ("9", "0", ""), "55556566", "9 9 8 8 7 6 5 4"),
        ),
    ),
    Goal(
        "tuesday",
        "ruth",
        "Be a founder nobody needs on a Tuesday",
        "They wait for my nod, and it costs them a day each time. If this works, I hear of good decisions in the kitchen.",
        audience="EVERYONE",
        first_step="Ask “what would you do if I were away?” and then be away.",
        measures=(
            Measure(
                "Decisions made without me",
                "PERCENT",
                ("35", "70", "%"),
                "55556667",
                "35 36 40 42 45 48 50 52",
            ),
            Measure(
                "Tuesdays with an empty calendar",
                "COUNT",
                ("0", "10", "Tuesdays"),
                "54455566",
                "0 0 1 2 2 3 4 5",
            ),
        ),
    ),
)

COMPASS_SAID = (
    Said(
        "nina",
        0,
        did=(
            ("know", "Spent Saturday behind the till of a puppet theatre."),
            ("ask", "Asked one question and heard nine minutes."),
        ),
        plan=(("know", "Bring Oskar to the lighthouse museum."),),
        learned=(("know", "They sell the second ticket while the first one prints."),),
    ),
    Said(
        "yusuf",
        0,
        did=(
            ("first-ticket", "Forty settings became six and a good guess."),
            ("draw", "Two sketches before coffee."),
        ),
        plan=(("first-ticket", "Watch three houses open their first evening."),),
        learned=(("draw", "A crooked line invites a pencil."),),
    ),
    Said(
        "ada",
        0,
        did=(("easier", "The spare key to the invoices is with Nina now."),),
        plan=(("easier", "Let Henrik set up a laptop from the page alone."),),
    ),
    Said(
        "ruth",
        0,
        did=(("tuesday", "Heard of three decisions in the kitchen, and liked two."),),
        plan=(("passed-on", "Ring the ten who joined last."),),
        learned=(("tuesday", "The one I did not like worked best."),),
    ),
    Said(
        "nina",
        1,
        did=(("know", "A box office let me count its keystrokes."),),
        plan=(("know", "Saturday at the puppet theatre."),),
    ),
    Said(
        "yusuf",
        1,
        did=(("draw", "Nobody asked for the document."),),
        plan=(("first-ticket", "Hide what a first evening does not need."),),
    ),
    Said(
        "oskar",
        1,
        did=(
            ("swim", "Across the lake and back, with a heron for company."),
            ("know", "Visited a museum of salt."),
        ),
        plan=(("know", "Write up the museum of salt."),),
        learned=(("swim", "Cold is a number until the third minute."),),
    ),
    Said("ada", 1, did=(("easier", "Two steps fewer until a laptop works."),)),
    Said(
        "ruth",
        1,
        did=(("passed-on", "A theatre in Ghent sent us its neighbour."),),
        plan=(("tuesday", "Keep Tuesday empty."),),
    ),
)
