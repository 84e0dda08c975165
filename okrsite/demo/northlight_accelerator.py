"""What the people of Accelerator want for themselves, and how sure they are."""

from okrsite.demo.tables import Goal, Measure

ACCELERATOR = (
    Goal(
        "writer",
        "mira",
        "Become a writer people look forward to reading",
        "I explain things well in a corridor and badly on a page. If this works, a colleague I have never met will send "
        "an essay of mine to a friend, and I will stop rewriting first paragraphs at midnight.",
        first_step="Block two hours on Monday.",
        hours="3",
        money="120",
        measures=(
            Measure("Essays published", "COUNT", ("0", "6", "essays"), "55666557", "0 0 1 1 2 2 3 3"),
            Measure(
                "Replies from readers I do not know",
                "COUNT",
                ("0", "40", "replies"),
                "55566566",
                "0 1 3 5 8 12 19 22",
                retargeted=(3, "60", "I had counted colleagues before. Strangers only."),
            ),
            Measure(
                "Drafts finished within a week of starting",
                "PERCENT",
                ("20", "70", "%"),
                "56655454",
                "20 25 33 33 36 36 40 40",
                "A draft that lies about goes stale, and so do I.",
            ),
            Measure(
                "Newsletter subscribers",
                "COUNT",
                ("0", "500", "subscribers"),
                "5543",
                "0 41 78 96",
                dropped=(4, "Subscribers count how loud I am, not whether anybody reads."),
            ),
        ),
    ),
    Goal(
        "plotter",
        "mira",
        "Make a machine draw something worth framing",
        "I spend my days on things nobody can hold. If this works, something of mine hangs on a wall that is not mine.",
        first_step="Ask the print shop what it throws away.",
        on_wall=True,
        measures=(
            Measure("Plotter pieces I would sign", "COUNT", ("0", "8", "pieces"), "55667778", "0 1 2 3 3 4 5 5"),
            Measure(
                "Prints a stranger asked to keep",
                "COUNT",
                ("0", "3", "prints"),
                "55445555",
                "0 0 0 0 0 1 1 1",
            ),
        ),
    ),
    Goal(
        "speak",
        "jonas",
        "Speak so that the last row leans in",
        "I hide behind slides. If this works, people come up afterwards to ask about the matter and not for the file.",
        first_step="Give one talk with the projector off.",
        hours="3",
        money="400",
        audience="EVERYONE",
        measures=(
            Measure("Talks to thirty people or more", "COUNT", ("0", "4", "talks"), "54555667", "0 0 0 1 1 1 1 2"),
            Measure(
                "Listeners who would come again",
                "PERCENT",
                ("70", "85", "%"),
                "55566666",
                "70 70 70 74 74 75 75 78",
            ),
        ),
    ),
    Goal(
        "run",
        "jonas",
        "Run far enough to leave the phone behind",
        "My phone decides when my evening ends. If this works, it stays in the hall, and I notice the weather.",
        first_step="Put the charger beside the front door.",
        measures=(
            Measure("Longest unhurried run", "NUMBER", ("10", "21", "km"), "56677888", "10 11 12 13 14 15 16 16"),
            Measure("Evenings offline, a week", "NUMBER", ("1", "5", ""), "55445565", "1 2 1 2 3 3 4 3"),
        ),
    ),
    Goal(
        "grow",
        "priya",
        "Grow someone who will outgrow me",
        "Two people ask me what they could settle themselves. If this works, they ask each other first, and one day "
        "they correct me in front of everybody.",
        first_step="Say nothing for the first ten minutes of the review.",
        hours="2",
        audience="EVERYONE",
        measures=(
            Measure(
                "Design reviews led by my mentees",
                "COUNT",
                ("0", "5", "reviews"),
                "55666678",
                "0 0 1 1 1 2 2 3",
            ),
            Measure(
                "Questions they settle without me",
                "PERCENT",
                ("10", "60", "%"),
                "55444555",
                "10 12 15 20 24 28 33 35",
            ),
            Measure(
                "Mentees asking for harder work",
                "COUNT",
                ("0", "2", "mentees"),
                "54555546",
                "0 0 0 0 0 0 0 1",
            ),
        ),
    ),
    Goal(
        "numbers",
        "priya",
        "Understand the numbers before I trust them",
        "I repeat figures that I could not defend. If this works, I say how sure I am before anybody asks, and I am "
        "right about that.",
        first_step="Write the error bar before the number.",
        measures=(
            Measure(
                "Analyses that needed no correction",
                "COUNT",
                ("0", "4", "analyses"),
                "55665654",
                "0 0 0 1 1 1 1 1",
            ),
            Measure(
                "Forecasts inside my own error bars",
                "PERCENT",
                ("45", "80", "%"),
                "55667766",
                "45 48 50 55 55 58 60 60",
            ),
        ),
    ),
    Goal(
        "standards",
        "tomasz",
        "Play standards without fear",
        "I know the tunes in my kitchen and lose them when somebody listens. If this works, I stay for the second set.",
        first_step="Ask at the Tuesday jam whether beginners may sit in.",
        hours="2",
        measures=(
            Measure("Tunes by heart", "COUNT", ("0", "10", "tunes"), "5556666", "0 1 2 3 4 5 6"),
            Measure("Jams joined in", "COUNT", ("0", "6", "jams"), "5444343", "0 0 0 1 1 2 2"),
        ),
    ),
    Goal(
        "newcomers",
        "tomasz",
        "Make our code kind to newcomers",
        "Setting up a machine here is a ritual that three people know by heart. If this works, a newcomer merges "
        "something before they have learned all our names.",
        first_step="Watch somebody set up their machine, and do not help.",
        measures=(
            Measure("Days to a first merged change", "NUMBER", ("11", "3", ""), "5566677", "11 10 9 8 8 7 6"),
            Measure("Set-up steps that need a person", "NUMBER", ("7", "0", ""), "5556556", "7 7 6 5 4 3 2"),
        ),
    ),
    Goal(
        "asks",
        "elif",
        "Be a manager who asks before answering",
        "I am quick with answers, and so the questions stop. If this works, people leave a 1:1 with their own plan in "
        "their own words.",
        first_step="Count to seven after each question.",
        audience="EVERYONE",
        measures=(
            Measure(
                "1:1s where the other talks most",
                "PERCENT",
                ("45", "80", "%"),
                "55666777",
                "45 50 50 55 58 60 62 65",
            ),
            Measure(
                "Promised support given in two weeks",
                "PERCENT",
                ("60", "90", "%"),
                "56677778",
                "60 66 70 72 75 78 80 82",
            ),
        ),
    ),
    Goal(
        "read",
        "elif",
        "Read beyond software",
        "Everything I read agrees with me and ends in a diagram. If this works, I have changed my mind about something "
        "that has nothing to do with work.",
        first_step="Ask Ruth which book she argues with.",
        measures=(
            Measure("Books talked over with somebody", "COUNT", ("0", "6", "books"), "55677765", "0 1 1 2 2 2 3 3"),
        ),
    ),
    Goal(
        "portuguese",
        "sam",
        "Be funny in Portuguese",
        "I can order coffee and apologise. If this works, somebody in Porto laughs because of me and not at me.",
        first_step="Find a table where nobody switches to English.",
        hours="4",
        money="900",
        measures=(
            Measure(
                "Conversations with no English at all",
                "COUNT",
                ("0", "12", "conversations"),
                "55655",
                "0 1 2 4 5",
            ),
            Measure("Jokes that landed", "COUNT", ("0", "5", "jokes"), "54454", "0 0 1 1 2"),
        ),
    ),
)
