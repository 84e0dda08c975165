"""What people are mailed about their account and their invitations.

Source: guarantees AUTH-06, AUTH-07, MAIL-02; look.md, sections 9 and 10.
"""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from activity.letters import Button, Letter, Say, write
from core.calendar import day_words, local_day
from people.models import AccessLink, Team, User


def invitation_letter(link: AccessLink, *, secret: str, by_name: str, has_account: bool) -> Letter:
    """The invitation that `link` keeps the hash of; it says everything that the page behind it shows.

    `has_account`: the address signs in here already.
    """
    team = _team_of(link)
    ends_on = day_words(local_day(link.expires_at, team.zone_info))
    small = {"address": link.email, "day": ends_on}
    return write(
        title=Say(_("%(name)s invites you to %(team)s."), {"name": by_name, "team": team.name}),
        quote=link.message,
        lines=[
            Say(_("okrsite is where you set a few ambitious goals, look at them for a minute a week, and celebrate.")),
            Say(_("You have an account here already: one press, and you are in."))
            if has_account
            else Say(_("You choose your own goals, and who may read them.")),
        ],
        button=Button(_("Join the team"), reverse("people:invitation", kwargs={"secret": secret})),
        small=[
            Say(_("The link is for %(address)s, works once, and ends after %(day)s."), small),
            Say(_("You do not know who that is? Leave it. Nothing happens until you press the button on the page.")),
        ],
    )


def reset_letter(person: User, *, path: str) -> Letter:
    """The link at `path` with which `person` chooses a new password."""
    return write(
        title=Say(_("Choose a new password.")),
        lines=[
            Say(
                _("%(name)s, somebody asked for this with your address. The link works once, for one hour."),
                {"name": person.name},
            )
        ],
        button=Button(_("Choose a password"), path),
        small=[Say(_("It was not you? Leave it. Your password stays as it is."))],
    )


def password_letter(person: User, *, at: datetime, tokens: int = 0, by_link: bool = False) -> Letter:
    """The notice that the password of `person` was changed at that moment.

    With a mailed link (`by_link`) so many `tokens` ended; else so many go on.
    """
    moment = at.astimezone(person.zone_info)
    when = {"name": person.name, "day": day_words(moment.date()), "time": f"{moment:%H:%M}", "zone": person.zone}
    ended = _("The tokens of your programs ended. You can make new ones in your settings.")
    go_on = _("The tokens of your programs go on. You can end them in your settings.")
    return write(
        title=Say(_("Your password was changed.")),
        lines=[
            Say(_("%(name)s, that was on %(day)s at %(time)s (%(zone)s). Every other browser was signed out."), when),
            *([Say(ended if by_link else go_on)] if tokens else []),
        ],
        button=Button(_("It was not me"), reverse("account_reset_password")),
        small=[
            Say(_("It was you? Then there is nothing to do. If not, choose a new one now, and tell your site admin."))
        ],
    )


def manager_letter(person: User, manager: User | None, *, by_name: str) -> Letter:
    """The notice that `person` reports to `manager`, or to nobody, from today on (decisions 4)."""
    to_page = Button(_("Your page"), person.get_absolute_url())
    if manager is None:
        names = {"name": person.name, "by": by_name}
        lines = [Say(_("%(name)s, %(by)s noted that you report to nobody at present."), names)]
        return write(title=Say(_("Nobody is your manager in okrsite now.")), lines=lines, button=to_page)
    names = {"name": person.name, "by": by_name, "manager": manager.name}
    reads = _("From today on %(manager)s reads what you share with your manager in the quarters that are open.")
    return write(
        title=Say(_("%(manager)s is your manager in okrsite now."), names),
        lines=[
            Say(_("%(name)s, %(by)s noted that you report to %(manager)s."), names),
            Say(f"{reads} {_('What only you can read stays yours.')}", names),
        ],
        button=to_page,
    )


def joined_letter(person: User, team: Team, *, by_name: str) -> Letter:
    """The notice that `person` was put into `team`, what it reads now, and where to leave."""
    names = {"name": person.name, "by": by_name, "team": team.name}
    reads = _("From today on its people read what you share with your teams, and your weeks, earlier ones too.")
    return write(
        title=Say(_("You are in %(team)s now."), names),
        lines=[
            Say(_("%(name)s, %(by)s put you into %(team)s."), names),
            Say(f"{reads} {_('What only you can read stays yours.')}", names),
        ],
        button=Button(_("The team, and leaving it"), reverse("people:team", kwargs={"slug": team.slug})),
        small=[Say(_("You do not belong there? Leave it on that page: you are out of it at once."))],
    )


def refused_letter(admin: User, *, address: str) -> Letter:
    """The notice to a site admin that mail to `address` is refused for good."""
    names = {"name": admin.name, "address": address}
    return write(
        title=Say(_("Mail to somebody is refused.")),
        lines=[
            Say(
                _("%(name)s, the mail server says that there is no %(address)s. Nothing is mailed there now."),
                names,
            ),
            Say(_("Other addresses of today stand on the same page. You are told once a day.")),
            Say(_("A reset of the password is still tried. Once a mail arrives, or after 30 days, all of it goes.")),
        ],
        button=Button(_("The site’s mail"), reverse("people:outbox")),
    )


def erasure_letter(person: User, *, at: datetime) -> Letter:
    """The notice that `person` is erased at that moment, and how to stay."""
    names = {"name": person.name, "day": day_words(local_day(at, person.zone_info))}
    goes = _("Then your name, your address, your private objectives, drafts and tokens are gone for good.")
    return write(
        title=Say(_("Your okrsite account ends on %(day)s."), names),
        lines=[
            Say(_("%(name)s, nobody can sign in with it from now on. It is erased on %(day)s."), names),
            Say(f"{goes} {_('What you shared with your teams stays with them, as a former member’s.')}"),
        ],
        small=[
            Say(_("You want to stay? Ask a site admin until then: one press, and you sign in as before.")),
            Say(_("You did not ask for this? Tell your site admin today.")),
        ],
    )


def chat_letter(person: User, team: Team, *, is_gone: bool) -> Letter:
    """The notice that the chat which `person` connected is told nothing more."""
    why = (
        Say(_("It said that the address we were given is gone."))
        if is_gone
        else Say(_("For three days we could not reach it, or it refused."))
    )
    return write(
        title=Say(_("The chat of %(team)s is told nothing more."), {"team": team.name}),
        lines=[why, Say(_("%(name)s, you connected it. A new address connects it again."), {"name": person.name})],
        button=Button(_("Connect it again"), reverse("people:chat", kwargs={"slug": team.slug})),
    )


def _team_of(link: AccessLink) -> Team:
    if link.team is None:
        raise ValueError("An invitation leads into a team.")
    return link.team
