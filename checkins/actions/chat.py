"""What a team's chat is told of its week: who is in, and that the celebration begins. Numbers and a way here, no more.

Source: practice P69; docs/adr/2026-11-28-chat.md.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkins.actions.reminders import rhythm_of
from checkins.actions.turnouts import turnout_of
from checkins.letters import moment_words
from checkins.rules import reminders as rules
from checkins.rules.reminders import Call
from core.calendar import Week
from people.actions import chat
from people.models import ChatHook, ChatPost, Team

BEGUN_FOR = timedelta(minutes=10)  # "it begins" is no news after that
CALLED_FOR = timedelta(days=3)  # a reminder is due a day before its celebration at most
BECAUSE = "a team's chat is told numbers"


def remind(*, now: datetime) -> int:
    """Owe each chat that wants it how many are in, once a celebration: from when somebody who lives by its team's
    clock is reminded, until it begins. How many were told.

    One query while no chat wants it, two where all were told.
    """
    wanted = ChatHook.objects.for_everyone(because=BECAUSE).working().filter(tells_reminder=True)
    hooks = [*wanted.select_related("team")]
    owed, told = _owed(now) if hooks else set(), 0
    for hook in hooks:
        for week in rules.weeks_open(now, hook.team.zone_info):
            one = rules.call(rhythm_of(hook.team), week, zone=hook.team.zone_info)
            if one and one.due_at <= now < one.begins_at and (hook.pk, str(week)) not in owed:
                _remind(hook.team, week, one, now)
                told += 1
    return told


def tell_begun(team: Team, *, week: Week, now: datetime) -> None:
    """Owe the team's chat that its celebration begins."""
    where = reverse("checkins:celebration", kwargs={"slug": team.slug})
    text = _("The celebration of week %(week)s begins: %(address)s")
    chat.post(
        team_pk=team.pk,
        kind=ChatPost.Kind.CELEBRATION,
        period=str(week),
        text=text % {"week": week.number, "address": f"{settings.SITE_URL}{where}"},
        until=now + BEGUN_FOR,
        now=now,
    )


def _owed(now: datetime) -> set[tuple[int, str]]:
    """What was owed in the last days: of which hook, for which week."""
    rows = ChatPost.objects.for_everyone(because=BECAUSE).filter(kind=ChatPost.Kind.REMINDER)
    return {*rows.filter(created_at__gt=now - CALLED_FOR).values_list("hook", "period")}


def _remind(team: Team, week: Week, one: Call, now: datetime) -> None:
    at = now.astimezone(team.zone_info)
    turnout = turnout_of(team, week, at.date())
    words = ngettext("%(present)d of %(of)d is in.", "%(present)d of %(of)d are in.", turnout.present)
    said = words % {"present": turnout.present, "of": turnout.of} if turnout.of else _("Nobody checks in today.")
    begins = moment_words(one.begins_at.astimezone(team.zone_info), at.date())
    parts = (
        _("Week %(week)s:") % {"week": week.number},
        said,
        _("Celebration %(when)s.") % {"when": begins},
        f"{settings.SITE_URL}{reverse('checkins:check_in')}",
    )
    chat.post(
        team_pk=team.pk,
        kind=ChatPost.Kind.REMINDER,
        period=str(week),
        text=" ".join(parts),
        until=one.begins_at,
        now=now,
    )
