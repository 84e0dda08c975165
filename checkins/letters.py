"""The words of the mails about a week.

Source: look.md, section 9; guarantees MAIL-01…MAIL-06, PRIV-08, AX-12; decisions 26; product, section 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.letters import Button, Letter, Say, write
from checkins.rules import WEDNESDAY, Turnout, seconds_for
from core.calendar import Period, Week, day_words


@dataclass(frozen=True)
class Mark:
    """A key result, and how sure its owner was when they last said so."""

    pk: int
    title: str
    level: int


@dataclass(frozen=True)
class Reminded:
    """Whom a reminder is for, and all that it may tell them; `now` is in their zone, and so is `begins_at`.

    `period` is the quarter of the team, `turnout` how many of it are in. `cheer` is who cheered their last week, and
    with which words. `secret` and `stop` end the links; without a `secret` their week opens where one signs in.
    """

    name: str
    now: datetime
    week: Week
    team: str
    is_lead: bool
    begins_at: datetime
    period: Period | None
    turnout: Turnout
    marks: Sequence[Mark]
    cheer: tuple[str, str] | None
    secret: str
    stop: str


def reminder(said: Reminded) -> Letter:
    """The one reminder of a week. Subject and preview hold no word of goals; nobody who is missing is named."""
    week = {"number": said.week.number}
    own_page = reverse("checkins:week", kwargs={"week": str(said.week)})
    path = reverse("checkins:week_link", kwargs={"secret": said.secret}) if said.secret else own_page
    stop = reverse("people:unsubscription", kwargs={"secret": said.stop})
    letter = write(
        look="reminder",
        subject=Say(f"{_('Your week %(number)d') % week}, {_takes(said)}"),
        title=Say(f"{_greeting(said.now)} {_('Your week takes %(time)s.')}", {"name": said.name, "time": _takes(said)}),
        lines=[_when(said), _left(len(said.marks))],
        button=Button(_("Check in for week %(number)d") % week, path),
        small=[Say(_("Reminders come once a week, before your team celebrates, as long as your week is not in."))],
        ways=[
            Button(_("Say that you are away this week"), own_page),
            Button(_("Change when reminders come"), f"{reverse('people:settings')}#reminder"),
            Button(_("Stop these reminders"), stop),
        ],
        more={
            "place": _place(said),
            "preview": _when(said).text,
            "caption": _("Where you left them, from 0 to 10"),
            "marks": said.marks,
            "cheer": _cheer(said.cheer),
        },
    )
    return Letter(
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        unsubscribe=f"{settings.SITE_URL}{stop}",
        behind=[(mark.pk, mark.title, mark.level) for mark in said.marks],
    )


def _takes(said: Reminded) -> str:
    seconds = {"seconds": seconds_for(len(said.marks))}
    return _("about %(seconds)d seconds") % seconds if said.marks else _("about a minute")


def _greeting(now: datetime) -> str:
    if now.hour < 12:
        return _("Good morning, %(name)s.")
    return _("Good afternoon, %(name)s.") if now.hour < 18 else _("Good evening, %(name)s.")


def _place(said: Reminded) -> str:
    """Accelerator, 2026-Q4, week 8 of 14."""
    if said.period is None or not said.period.holds(said.week):
        return said.team
    number = said.period.number_of(said.week)
    weeks = {"quarter": said.period.slug, "number": number, "of": len(said.period.weeks)}
    return f"{said.team}, {_('%(quarter)s, week %(number)d of %(of)d') % weeks}"


def _when(said: Reminded) -> Say:
    """When they celebrate, and how many are in."""
    names = {"team": said.team, "when": moment_words(said.begins_at, said.now.date())}
    if said.begins_at > said.now:
        sentence = _("%(team)s celebrates %(when)s.")
    else:
        names["day"] = day_words((said.week + 1).days[WEDNESDAY])
        sentence = _("%(team)s has celebrated. Your week can still be written until %(day)s.")
    return Say(" ".join(part for part in (sentence, _how_many(said)) if part), names)


def _how_many(said: Reminded) -> str:
    if said.turnout.present:
        words = ngettext("%(present)d of %(of)d is in.", "%(present)d of %(of)d are in.", said.turnout.present)
        return words % {"present": said.turnout.present, "of": said.turnout.of}
    return _("You lead, so you are asked first: a week that is in invites the others.") if said.is_lead else ""


def moment_words(moment: datetime, today: date) -> str:
    """“today at 15:30”, “on Friday, 27 November at 15:30”; in the zone of `moment`."""
    day = {0: _("today"), 1: _("tomorrow")}.get((moment.date() - today).days)
    at = {"day": day or day_words(moment.date()), "time": f"{moment:%H:%M}"}
    return (_("%(day)s at %(time)s") if day else _("on %(day)s at %(time)s")) % at


def _left(count: int) -> Say:
    if not count:
        return Say(_("It waits on its own page: a number for each key result, and a line if you like."))
    words = ngettext(
        "This is where you left your key result.",
        "This is where you left your %(count)d key results; most weeks only two or three move.",
        count,
    )
    return Say(words % {"count": count})


def _cheer(cheer: tuple[str, str] | None) -> Say | None:
    if cheer is None:
        return None
    name, words = cheer
    return Say(_("%(name)s cheered your last week: “%(words)s”"), {"name": name, "words": words})
