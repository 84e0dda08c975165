"""What is not for everybody: drafts, objectives for oneself or for one's manager alone, and ideas on shelves."""

from okrsite.demo.tables import Goal, Measure, Shelved

PRIVATE = (
    Goal(
        "lead-next",
        "elif",
        "Decide what I want to lead next",
        "I have said yes three times because somebody had to. If this works, my next yes is one that I chose.",
        audience="ONLY_ME",
        first_step="Write down what I would miss.",
        measures=(
            Measure("Leads I asked what they miss", "COUNT", ("0", "4", "leads"), "55556667", "0 0 0 1 1 2 2 3"),
            Measure(
                "Days I would work unpaid, a month",
                "NUMBER",
                ("4", "8", ""),
                "55444555",
                "4 4 4 5 5 5 6 6",
            ),
        ),
    ),
    Goal(
        "rest",
        "tomasz",
        "Sleep like somebody who is not on call",
        "Since the launch I wake at four and work until it is light. If this works, I am tired in the evening again and "
        "kind in the morning.",
        kind="RECOVERY",
        audience="MANAGER",
        first_step="Hand the pager over for two weeks.",
        measures=(
            Measure("Nights with seven hours, a week", "NUMBER", ("2", "5", ""), "5455566", "2 2 3 3 3 4 4"),
            Measure(
                "Evenings I opened the laptop again, a week",
                "NUMBER",
                ("4", "1", ""),
                "5555667",
                "4 4 3 3 3 2 2",
            ),
        ),
    ),
    Goal(
        "second-in-command",
        "kofi",
        "Be ready when Ana is not here",
        "When Ana is ill, questions wait for her. If this works, nobody notices which of us was in.",
        audience="MANAGER",
        measures=(
            Measure(
                "Decisions I made that Ana would have made",
                "PERCENT",
                ("40", "80", "%"),
                "55556667",
                "40 42 48 50 55 60 62 66",
            ),
        ),
    ),
    Goal(
        "newcomers-stand",
        "mira",
        "Help two newcomers stand on their own feet",
        "They ask each other before they ask me, and they volunteer for the hard ticket.",
        state="DRAFT",
        hours="2",
        measures=(
            Measure("Tickets they take without asking me first", "PERCENT", ("20", "60", "%")),
            Measure("Launch an onboarding handbook", "YES_NO", ("0", "1", "")),
            Measure("Weeks until each ships something alone", "NUMBER", ("8", "3", "weeks")),
        ),
    ),
    Goal(
        "board",
        "priya",
        "Leave the review board in better hands",
        "I chair it because I have always chaired it. If this works, I sit at the side and learn something.",
        state="DRAFT",
        quarter=1,
        is_proposed=True,
        measures=(
            Measure("Reviews chaired by somebody new", "COUNT", ("0", "6", "reviews")),
            Measure("Reviewers who feel heard", "PERCENT", ("", "80", "%")),
        ),
    ),
    Goal(
        "quiet-week",
        "jonas",
        "Make a quiet week on call the normal one",
        "A week on call is a week lost. If this works, somebody trades for it because it is a good week to read.",
        kind="TEAM",
        team="accelerator",
        audience="EVERYONE",
        state="DRAFT",
        quarter=1,
        measures=(
            Measure("Weeks on call without a page at night", "PERCENT", ("30", "75", "%")),
            Measure("Alarms that led to an action", "PERCENT", ("45", "90", "%")),
        ),
    ),
)

SHELVED = (
    Shelved(
        "mira",
        40,
        "Tell one of my essays on a stage, without notes",
        "Reading aloud is safe. I would like to know whether a story of mine holds when I cannot look down.",
    ),
    Shelved("mira", 19, "Learn to set type by hand", "The print collective has a press that nobody uses in winter."),
    Shelved("mira", 3, "Write a letter a week to somebody I admire"),
    Shelved("jonas", 25, "Teach the evening course that I wished I had had"),
    Shelved("jonas", 8, "Understand what our compiler does", "I have been polite to it for nine years."),
    Shelved("priya", 30, "Read a balance sheet as I read code"),
    Shelved("elif", 52, "Take a month in somebody else’s team", "I only know how we are led by the one who leads us."),
    Shelved("kofi", 12, "Sing in front of people"),
)
