"""What a team's chat is told of its week: who is in, and that the celebration begins. Numbers and a way here, no more.

Source: practice P69; docs/adr/2026-11-28-chat.md.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkins.models import CheckIn
from checkins.rules import celebrated_week
from core.calendar import Week
from people.actions import chat
from people.models import Absence, ChatHook, ChatPost, Membership, Team
from people.rules import is_same_rhythm

BEGUN_FOR = timedelta(minutes=10)  # "it begins" is no news after that
BECAUSE = "a team's chat is told numbers"


def remind(*, now: datetime) -> int:
    """Owe each chat that wants it how many are in: on the day of its team's celebration, from the hour on at which the
    team reminds until it celebrates, once. How many were told. One query without a chat that waits for it, two
    where all were told."""
    waiting = ChatHook.objects.for_everyone(because=BECAUSE).working().filter(tells_reminder=True)
    hooks, told = [*waiting.select_related("team")], 0
    owed = _owed(now) if hooks else set()
    for hook in hooks:
        team = hook.team
        today = now.astimezone(team.zone_info).date()
        begins = team.celebration_in(Week.on(today))
        hour = datetime.combine(today, time(team.reminder_hour), team.zone_info)
        if begins.date() == today and hour <= now < begins and _meets(team, Week.on(today)):
            week = celebrated_week(today, weekday=team.celebration_weekday)
            if (hook.pk, str(week)) in owed:
                continue
            chat.post(
                team_pk=team.pk,
                kind=ChatPost.Kind.REMINDER,
                period=str(week),
                text=_reminder(team, week, begins),
                until=begins,
                now=now,
            )
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
    """What was owed within a day: of which hook, for which week."""
    rows = ChatPost.objects.for_everyone(because=BECAUSE).filter(kind=ChatPost.Kind.REMINDER)
    return {*rows.filter(created_at__gt=now - timedelta(days=1)).values_list("hook", "period")}


def _meets(team: Team, week: Week) -> bool:
    is_due = is_same_rhythm(week.monday, team.celebration_from_on, team.celebration_every)
    return is_due and week not in team.skipped


def _reminder(team: Team, week: Week, begins: datetime) -> str:
    people = {*Membership.objects.present().checking_in([team.pk]).values_list("user", flat=True)}
    done = CheckIn.objects.for_everyone(because=BECAUSE).of(week).done().filter(person__in=people)
    present = {*done.values_list("person", flat=True)}
    away = Q(first_on__lte=begins.date(), last_on__gte=begins.date(), user__in=people - present)
    expected = len(people) - len({*Absence.objects.filter(away).values_list("user", flat=True)})
    words = ngettext("%(present)s of %(of)s is in.", "%(present)s of %(of)s are in.", len(present))
    said = words % {"present": len(present), "of": expected} if expected else _("Nobody checks in today.")
    place = f"{settings.SITE_URL}{reverse('checkins:check_in')}"
    when = _("Celebration today at %(time)s.") % {"time": f"{begins:%H:%M}"}
    return " ".join((_("Week %(week)s:") % {"week": week.number}, said, when, place))
