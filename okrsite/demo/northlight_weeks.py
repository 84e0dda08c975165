"""What the people of Accelerator said of their weeks; 0 is this week."""

from okrsite.demo.tables import Said

ACCELERATOR_SAID = (
    Said(
        "mira",
        0,
        did=(
            ("writer", "Essay three is out."),
            ("ship", "Layer caching cut the build by 17 minutes."),
            ("plotter", "Signed the tide piece."),
        ),
        plan=(
            ("writer", "Outline essay four on Monday, not Sunday."),
            ("ship", "Run deploys from two regions."),
        ),
        learned=(("writer", "An outline on Monday costs an hour and saves three."),),
    ),
    Said(
        "jonas",
        0,
        did=(
            ("speak", "Spoke to forty strangers and liked it."),
            ("speak", "Left the slides at home."),
            ("sleep", "Wrote down what Tuesday night’s page taught us."),
        ),
        plan=(
            ("", "Read Mira’s draft four with a red pencil."),
            ("sleep", "Sort the last ten pages by cause."),
        ),
        learned=(("speak", "A pause is louder than the microphone."),),
    ),
    Said(
        "priya",
        0,
        did=(
            ("grow", "My mentee ran the review alone."),
            ("numbers", "Sent the waiting-time analysis; two of its figures were wrong."),
        ),
        plan=(
            ("numbers", "Have somebody look at my numbers before I send them."),
            ("grow", "Leave Thursday’s review to my mentee as well."),
        ),
        learned=(("grow", "Mentees ask for harder work once you stop filling the silence."),),
    ),
    Said(
        "elif",
        0,
        did=(
            ("asks", "Kept two promises, made one."),
            ("read", "Read a fourth author I disagree with, to the end."),
        ),
        plan=(
            ("asks", "Ask three questions of Priya’s analysis, and no fourth."),
            ("", "Keep Mira’s Monday free."),
        ),
        learned=(("asks", "The first answer I get is about the work. The second one is about the person."),),
    ),
    Said(
        "mira",
        1,
        did=(
            ("writer", "Nineteen strangers wrote back."),
            ("ship", "Deleted forty slow tests that had never failed for a good reason."),
            ("plotter", "Drew the tide piece three times, kept the third."),
        ),
        plan=(
            ("writer", "Publish the essay on unfinished work."),
            ("ship", "Cache the container layers in the build."),
            ("plotter", "Ask the print shop about heavier paper."),
        ),
        learned=(("ship", "Caching was an afternoon. Deleting the slow tests takes a month."),),
    ),
    Said(
        "jonas",
        1,
        did=(
            ("run", "Sixteen kilometres along the canal, slowly."),
            ("sleep", "Nobody was woken since Sunday."),
        ),
        plan=(
            ("speak", "Speak at the harbour meetup, without slides."),
            ("sleep", "Write the lesson within two days."),
        ),
        learned=(("run", "The door has to be nearer than the phone."),),
    ),
    Said(
        "priya",
        1,
        did=(
            ("grow", "Answered “what would you do?” eleven times."),
            ("numbers", "Two of three forecasts held."),
        ),
        plan=(("grow", "Let the review run without me."), ("numbers", "Send the waiting-time analysis.")),
        learned=(("numbers", "I check the sum and trust the question. It should be the other way round."),),
    ),
    Said(
        "tomasz",
        1,
        did=(
            ("newcomers", "Only two steps of the set-up still need a person."),
            ("standards", "Body and Soul by heart, in the right key."),
        ),
        plan=(
            ("newcomers", "Get rid of the last two steps."),
            ("standards", "Go to the jam even if it rains."),
        ),
        learned=(("newcomers", "A first hour finds what a year has hidden."),),
    ),
    Said(
        "elif",
        1,
        did=(
            ("asks", "Found Sam a guide in Porto."),
            ("read", "Argued with Ruth about a novel until they closed."),
        ),
        plan=(("asks", "Pay the editor for Mira’s day."), ("read", "Finish the author I disagree with.")),
        learned=(("asks", "Silence feels longer on my side of the table."),),
    ),
    Said(
        "mira",
        2,
        did=(
            ("ship", "First deploy nobody noticed."),
            ("writer", "Rewrote the drawers essay from the middle."),
        ),
        plan=(
            ("ship", "Find the tests that nobody would miss."),
            ("writer", "Send the drawers essay to three strangers."),
        ),
        learned=(("writer", "The part I was ashamed of is the part they quote."),),
        time=(("writer", "SOME"),),
    ),
    Said(
        "jonas",
        2,
        did=(
            ("speak", "Practised in front of five people at Speakers’ Corner."),
            ("sleep", "Two alarms that cried wolf are gone."),
        ),
        plan=(("run", "Run before breakfast once."),),
        learned=(("speak", "I rush when I like the next sentence."),),
    ),
    Said(
        "priya",
        2,
        did=(
            ("grow", "Handed my second mentee the hard ticket."),
            ("numbers", "Learned what a quantile is by drawing one."),
        ),
        plan=(("grow", "Ask, then wait."), ("numbers", "Write down three forecasts.")),
    ),
    Said(
        "tomasz",
        2,
        did=(
            ("newcomers", "Watched Henrik set up his machine and did not help."),
            ("standards", "Stayed for one tune."),
        ),
        plan=(
            ("newcomers", "Turn what Henrik guessed into a script."),
            ("standards", "Learn Body and Soul."),
        ),
        learned=(("standards", "Everybody looks at their own hands."),),
    ),
    Said(
        "elif",
        2,
        did=(("asks", "Moved my own answers to the end of each 1:1."),),
        plan=(("asks", "Find somebody in Porto who shows Sam around."),),
        learned=(("read", "I like the book better when I have to defend the other side."),),
    ),
    Said(
        "mira",
        3,
        did=(
            ("writer", "Ended each page with one question."),
            ("plotter", "The pen holder no longer wobbles."),
        ),
        plan=(("ship", "Deploy on a Friday, on purpose."),),
        learned=(("writer", "A question at the end doubles the letters."),),
        time=(("writer", "ALL"),),
    ),
    Said(
        "jonas",
        3,
        did=(
            ("sleep", "Half of us were ill, and nothing fell over."),
            ("run", "Fourteen kilometres before the cold got me."),
        ),
        plan=(("speak", "Cut the talk to one idea."),),
    ),
    Said(
        "priya",
        3,
        did=(("grow", "Asked both mentees what bores them."),),
        plan=(("grow", "Find a ticket that scares one of them a little."),),
        learned=(("grow", "They were waiting to be asked."),),
    ),
    Said("tomasz", 3, did=(("newcomers", "Wrote down every step of the set-up, with a straight face."),)),
    Said(
        "elif",
        3,
        did=(("asks", "Called off the celebration; three of us had the flu."),),
        plan=(("asks", "Celebrate next Friday, even a thin one."),),
    ),
    Said(
        "sam",
        3,
        did=(
            ("portuguese", "Told a joke about a tram. The baker laughed."),
            ("portuguese", "Packed for Porto."),
        ),
        plan=(("portuguese", "One whole day without English."),),
        learned=(("portuguese", "Timing survives translation. Puns do not."),),
    ),
    Said(
        "tomasz",
        4,
        did=(("standards", "Played two tunes in front of people."),),
        learned=(("standards", "Fear is loudest before the first bar."),),
    ),
    Said(
        "mira",
        4,
        did=(
            ("writer", "Dropped the subscriber count."),
            ("ship", "Measured every minute from merge to production."),
        ),
        learned=(("ship", "Half of the wait is one step, and nobody owns it."),),
    ),
)
