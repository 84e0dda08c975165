"""What the pages behind a link ask the database, whoever opens it."""

BEHIND_LINKS = {
    "checkins:room slug=rockets": 8,
    "checkins:week_link secret={week_secret}": 9,
    "people:unsubscription secret={unsubscription_secret}": 5,
    "people:invitation secret={invitation_secret}": 5,
    "calendars:feed secret={feed_secret}": 12,
}
