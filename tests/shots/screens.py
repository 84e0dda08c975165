"""Which screens there are, for whom, and what their pictures are called.

A picture carries the name of its mock-up where there is one: `home-light`, `objective`, `phone-check-in`.
"""

from dataclasses import dataclass

MIRA = "mira@northlight.example"  # a member
ANA = "ana@northlight.example"  # leads the second team
ELIF = "elif@northlight.example"  # a lead, and manager
TOMASZ = "tomasz@northlight.example"  # not in yet this week
JONAS = "jonas@northlight.example"  # leads a circle that plans by dates of its own
NINA = "nina@northlight.example"  # leads a team whose next celebration falls out
KOFI = "kofi@northlight.example"  # climbs a ladder
SAM = "sam@northlight.example"  # has closed what he kept to himself
ADA = "ada@northlight.example"  # a site admin
NOBODY = ""


@dataclass(frozen=True)
class Screen:
    """One page as one person sees it; `path` may hold {objective}, {key_result}, {team_objective}, {own_quarter},
    {last_week}, {comment}, {week_comment}, {suggestion}, {suggested}, {idea}, {bet}, {promise}, {closing}, {ended}, {before} and {quarter_now}.
    """

    name: str
    path: str
    who: str = MIRA
    light: str = ""
    press: str = ""  # the words on a button to press first
    empty: str = ""  # the name of a field to empty before that

    def file(self, look: str) -> str:
        """The picture's name in that look."""
        names = {"light": self.light or self.name, "dark": f"{self.name}-dark", "phone": f"phone-{self.name}"}
        return f"{names[look]}.png"


IN_THE_DEMO = (
    Screen("sign-in", "/accounts/login/", NOBODY),
    Screen("sign-in-wrong", "/accounts/login/", NOBODY, press="Sign in"),
    Screen("password-reset", "/accounts/password/reset/", NOBODY),
    Screen("password-reset-wrong", "/accounts/password/reset/", NOBODY, press="Write the link"),
    Screen("password-reset-sent", "/accounts/password/reset/done/", NOBODY),
    Screen("password-reset-done", "/accounts/password/reset/key/done/", NOBODY),
    Screen("answer-410", "/accounts/password/reset/key/1-nothing/", NOBODY),
    Screen("switched-off", "/accounts/inactive/", NOBODY),
    Screen("sign-out", "/accounts/logout/"),
    Screen("sign-in-again", "/accounts/reauthenticate/"),
    Screen("home", "/", light="home-light"),
    Screen("home-lead", "/", ELIF),
    Screen("home-waiting", "/", TOMASZ),
    Screen("check-in", "/check-in/?edit=1", light="check-in-light"),
    Screen("check-in-ratio", "/check-in/?edit=1", ANA),
    Screen("check-in-milestones", "/check-in/?edit=1", KOFI),
    Screen("my-week-milestones", "/check-in/{last_week}/", KOFI),
    Screen("home-milestones", "/", KOFI),
    Screen("check-in-unsent", "/check-in/", TOMASZ),
    Screen("my-week", "/check-in/{last_week}/"),
    Screen("person-week", "/people/mira-okafor/check-in/{last_week}/", ELIF),
    Screen("person-week-of-a-stranger", "/people/mira-okafor/check-in/{last_week}/", ANA),
    Screen("person-week-comment", "/people/mira-okafor/check-in/{last_week}/comments/", ELIF),
    Screen("person-week-comment-edit", "/people/mira-okafor/check-in/{last_week}/comments/{week_comment}/edit/", JONAS),
    Screen("review", "/objectives/review/"),
    Screen("grades", "/grading/"),
    Screen("growth", "/growth/"),
    Screen("quarter-story", "/teams/accelerator/quarters/{before}/story/"),
    Screen("growth-record", "/growth/record/"),
    Screen("answer-409-too-early-to-grade", "/grading/{objective}/"),
    Screen("comment", "/objectives/{objective}/comments/"),
    Screen("comment-wrong", "/objectives/{objective}/comments/", press="Post the comment"),
    Screen("comment-edit", "/objectives/{objective}/comments/{comment}/edit/"),
    Screen("suggest", "/objectives/{objective}/suggestions/", JONAS),
    Screen("suggest-wrong", "/objectives/{objective}/suggestions/", JONAS, press="Suggest this key result"),
    Screen("suggestion", "/objectives/{objective}/suggestions/{suggestion}/"),
    Screen("suggestion-wrong", "/objectives/{objective}/suggestions/{suggestion}/", press="Take it", empty="title"),
    Screen("suggestion-mine", "/objectives/{objective}/suggestions/{suggestion}/", ELIF),
    Screen("notices", "/notices/"),
    Screen("notices-none", "/notices/", ADA),
    Screen("my-week-silent", "/check-in/2020-W20/"),
    Screen("promise", "/promises/new/?team=accelerator&to=mira-okafor", JONAS),
    Screen("promise-wrong", "/promises/new/?team=accelerator", JONAS, press="Promise it"),
    Screen("promise-edit", "/promises/{promise}/edit/", JONAS),
    Screen("team-board", "/teams/accelerator/", light="team-board-light"),
    Screen("organisation-board", "/teams/northlight/"),
    Screen("team-board-moved", "/teams/accelerator/?moved=1"),
    Screen("wall", "/teams/accelerator/wall/"),
    Screen("celebrations", "/teams/accelerator/celebrations/"),
    Screen("celebration", "/teams/accelerator/celebration/"),
    Screen("remote", "/teams/accelerator/celebration/remote/"),
    Screen("celebration-bright", "/teams/accelerator/celebration/?bright"),
    Screen("wall-bright", "/teams/accelerator/wall/?bright"),
    Screen("objective", "/objectives/{objective}/"),
    Screen("objective-of-team", "/objectives/{team_objective}/"),
    Screen("objective-new", "/objectives/new/"),
    Screen("objective-new-wrong", "/objectives/new/", press="Make it active"),
    Screen("objective-new-of-team", "/objectives/new/?team=accelerator", ELIF),
    Screen("objective-edit", "/objectives/{objective}/edit/"),
    Screen("objective-edit-wrong", "/objectives/{objective}/edit/", press="Save", empty="title"),
    Screen("objective-drop", "/objectives/{objective}/drop/"),
    Screen("objective-drop-wrong", "/objectives/{objective}/drop/", press="Drop it"),
    Screen("co-owners", "/objectives/{team_objective}/co-owners/", ELIF),
    Screen("owner", "/objectives/{team_objective}/owner/", ELIF),
    Screen("key-result-new", "/objectives/{objective}/key-results/new/"),
    Screen("key-result-new-wrong", "/objectives/{objective}/key-results/new/", press="Save"),
    Screen("key-result-edit", "/key-results/{key_result}/edit/"),
    Screen("key-result-why", "/key-results/{key_result}/edit/", press="Save", empty="unit"),
    Screen("key-result-drop", "/key-results/{key_result}/drop/"),
    Screen("bets", "/key-results/{key_result}/bets/"),
    Screen("bets-wrong", "/key-results/{key_result}/bets/", press="Bet on it"),
    Screen("bet", "/key-results/{key_result}/bets/{bet}/"),
    Screen("objectives", "/objectives/"),
    Screen("carry-over", "/objectives/carry-over/", TOMASZ),
    Screen("carry-over-wrong", "/objectives/carry-over/", TOMASZ, press="So be it"),
    Screen("carry-over-nothing", "/objectives/carry-over/", ADA),
    Screen("quarter-close", "/teams/front-desk/quarters/{before}/", ANA),
    Screen("quarter-closed", "/teams/accelerator/quarters/{before}/"),
    Screen("quarter-closed-lead", "/teams/accelerator/quarters/{before}/", ELIF),
    Screen("quarter-running", "/teams/accelerator/quarters/{quarter_now}/", ELIF),
    Screen("team-board-closed", "/teams/accelerator/?quarter={before}"),
    Screen("quarter-reopen", "/teams/accelerator/quarters/{before}/reopening/", ELIF),
    Screen("quarter-reopen-wrong", "/teams/accelerator/quarters/{before}/reopening/", ELIF, press="Reopen it"),
    Screen("quarter-snapshot", "/teams/accelerator/quarters/{before}/closings/{closing}/"),
    Screen("site-closing", "/settings/closing/", ADA),
    Screen("objective-reopen", "/objectives/{ended}/reopening/", SAM),
    Screen("shelf", "/objectives/shelf/"),
    Screen("shelf-wrong", "/objectives/shelf/", press="Put it on the shelf"),
    Screen("shelf-empty", "/objectives/shelf/", ADA),
    Screen("idea-edit", "/objectives/shelf/{idea}/edit/"),
    Screen("objective-new-from-shelf", "/objectives/new/?idea={idea}"),
    Screen("objectives-deleted", "/objectives/deleted/"),
    Screen("person", "/people/elif-demir/"),
    Screen("objective-suggested-to", "/people/tomasz-wrona/suggestions/"),
    Screen("objective-suggested-to-wrong", "/people/tomasz-wrona/suggestions/", press="Suggest it"),
    Screen("objective-suggested-before", "/people/tomasz-wrona/suggestions/", ELIF),
    Screen("objective-suggested", "/people/tomasz-wrona/suggestions/{suggested}/", TOMASZ),
    Screen("objective-suggested-mine", "/people/tomasz-wrona/suggestions/{suggested}/", ELIF),
    Screen("objective-new-suggested", "/objectives/new/?suggested={suggested}", TOMASZ),
    Screen("people", "/people/"),
    Screen("people-as-admin", "/people/", ADA),
    Screen("manager", "/people/mira-okafor/manager/", ADA),
    Screen("people-switched-off", "/people/?off=1", ADA),
    Screen("account", "/people/mira-okafor/account/", ADA),
    Screen("account-switched-off", "/people/gunnar-berg/account/", ADA),
    Screen("erasure", "/people/gunnar-berg/erasure/", ADA),
    Screen("account-of-a-lead", "/people/elif-demir/account/", ADA),
    Screen("decided", "/settings/decided/", ELIF),
    Screen("decided-site", "/settings/decided/site/", ADA),
    Screen("decided-team", "/teams/accelerator/decided/", ELIF),
    Screen("teams", "/teams/"),
    Screen("team-new", "/teams/new/"),
    Screen("team-new-wrong", "/teams/new/", press="Make the circle"),
    Screen("people-team", "/teams/accelerator/about/"),
    Screen("people-team-lead", "/teams/accelerator/about/", ELIF),
    Screen("people-team-skipped", "/teams/compass/about/", NINA),
    Screen("team-settings", "/teams/accelerator/settings/", ELIF),
    Screen("circle-settings", "/teams/speakers-corner/settings/", JONAS),
    Screen("circle-invitations", "/teams/speakers-corner/invitations/", JONAS),
    Screen("team-settings-wrong", "/teams/accelerator/settings/", ELIF, press="Save", empty="name"),
    Screen("team-quarters", "/teams/speakers-corner/quarters/", JONAS),
    Screen("team-quarters-wrong", "/teams/speakers-corner/quarters/", JONAS, press="Make the quarter"),
    Screen("team-quarters-none", "/teams/accelerator/quarters/", ELIF),
    Screen("team-quarter", "/teams/speakers-corner/quarters/{own_quarter}/edit/", JONAS),
    Screen("team-board-own-dates", "/teams/speakers-corner/", JONAS),
    Screen("invitations", "/teams/accelerator/invitations/", ELIF),
    Screen("invitations-wrong", "/teams/accelerator/invitations/", ELIF, press="Send the invitation"),
    Screen("team-health", "/teams/accelerator/health/"),
    Screen("team-health-lead", "/teams/accelerator/health/", ELIF),
    Screen("room-link", "/teams/accelerator/room-link/", ELIF),
    Screen("answer-404-no-room-link", "/teams/accelerator/room/", NOBODY),
    Screen("settings", "/settings/"),
    Screen("settings-wrong", "/settings/", press="Save", empty="name"),
    Screen("own-data", "/settings/data/"),
    Screen("leaving", "/settings/data/erasure/", ELIF),
    Screen("leaving-last-admin", "/settings/data/erasure/", ADA),
    Screen("settings-organisation", "/settings/organisation/", ADA),
    Screen("tokens", "/settings/tokens/"),
    Screen("api", "/api/docs/"),
    Screen("sessions", "/accounts/sessions/"),
    Screen("password-change", "/accounts/password/change/"),
    Screen("mail", "/settings/mail/", ADA),
    Screen("answer-403", "/settings/organisation/"),
    Screen("answer-404", "/nothing-here/"),
    Screen("answer-404-stranger", "/accounts/nothing-here/", NOBODY),
)
IN_A_NEW_PLACE = (
    Screen("empty-state", "/"),
    Screen("empty-board", "/teams/first-team/"),
    Screen("empty-check-in", "/check-in/"),
    Screen("empty-objectives", "/objectives/"),
    Screen("empty-deleted", "/objectives/deleted/"),
    Screen("empty-review", "/objectives/review/"),
    Screen("empty-shelf", "/objectives/shelf/"),
    Screen("empty-people", "/people/"),
    Screen("empty-teams", "/teams/"),
    Screen("empty-people-team", "/teams/first-team/about/"),
    Screen("empty-invitations", "/teams/first-team/invitations/"),
    Screen("empty-mail", "/settings/mail/"),
)
