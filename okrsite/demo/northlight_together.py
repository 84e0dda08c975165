"""What Accelerator pushes together, and how sure it is."""

from okrsite.demo.tables import Goal, Measure

TOGETHER = (
    Goal(
        "ship",
        "mira",
        "Ship a change before the coffee goes cold",
        "Waiting for a release is how good ideas go stale. If this works, people merge in the morning and see it used "
        "before their cup is empty, and nobody plans a week around a deployment.",
        kind="TEAM",
        team="accelerator",
        audience="EVERYONE",
        first_step="Follow one change with a stopwatch from merge to production.",
        co_owners=("tomasz",),
        measures=(
            Measure(
                "Merge to production, median",
                "NUMBER",
                ("94", "20", "min"),
                "54434446",
                "94 91 88 80 71 64 58 41",
                "An idea should be in somebody’s hands on the day it was finished.",
            ),
            Measure(
                "Deployments rolled back",
                "PERCENT",
                ("12", "3", "%"),
                "55565555",
                "12 12 11 10 9 8 7 7",
                "Fast is only worth having when it stays up.",
            ),
            Measure(
                "Main branch green",
                "PERCENT",
                ("81", "98", "%"),
                "56677777",
                "81 84 86 88 90 91 92 93",
                "Red should mean something again.",
            ),
        ),
    ),
    Goal(
        "sleep",
        "jonas",
        "Sleep through the night, and let our users sleep too",
        "What wakes us at three keeps a box office waiting at ten. If this works, the phone on the night table stays "
        "dark, and nobody writes to Front Desk about a slow page.",
        kind="TEAM",
        team="accelerator",
        audience="EVERYONE",
        first_step="Read the last thirty pages together and sort them by cause.",
        co_owners=("priya",),
        measures=(
            Measure(
                "Pages outside working hours, a month",
                "NUMBER",
                ("9", "3", ""),
                "55345454",
                "9 9 14 13 12 11 10 9",
                "A night is for sleeping.",
            ),
            Measure(
                "Requests answered within 300 ms",
                "PERCENT",
                ("94.5", "99", "%"),
                "55567766",
                "94.5 94.8 95.1 95.6 96 96.3 96.3 96.4",
                "Nobody should have time to wonder whether it worked.",
            ),
            Measure(
                "Incidents with a written lesson in 5 days",
                "PERCENT",
                ("50", "90", "%"),
                "55666678",
                "50 50 55 60 60 67 70 75",
                "Each bad night should teach us something once.",
            ),
        ),
    ),
)
