"""Inviting people into a team, and the page behind a mailed invitation."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from activity.models import Delivery
from core.errors import NotYours
from core.http import hide_address, render
from people.actions import invitations as actions
from people.adapter import count_guess, sign_in
from people.forms import AcceptanceForm, InvitationForm
from people.models import AccessLink, Membership, Team
from people.permissions import why_not_invite
from people.rows.invitations import end_words, waiting
from people.rows.letters import late_words
from people.viewer import Request


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: Request, slug: str) -> HttpResponse:
    """Who is invited, as what, with a sentence; and who has not answered yet."""
    team = _team(request, slug)
    form = InvitationForm(request.POST if request.method == "POST" else None, team=team)
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.invite(by=request.viewer, team=team, now=request.now, **form.cleaned_data)
        except actions.InvitationInvalid as problem:
            form.add_error("emails", str(problem))
        else:
            messages.success(request, _sent(len(sent)))
            return redirect("people:invitations", slug=slug)
    links = AccessLink.objects.visible_to(request.viewer).into(team).unanswered().newest_first()
    context = {
        "form": form,
        "team": team,
        "members": Membership.objects.visible_to(request.viewer).present().filter(team=team).count(),
        "waiting": waiting(links, now=request.now, zone=request.viewer.zone),
        "has_mail_server": bool(settings.EMAIL_URL),
        "late": late_words(
            Delivery.objects.for_everyone(because="an age is nobody's words").of_no_secret(),
            now=request.now,
            zone=request.viewer.zone,
        ),
    }
    return render(request, "people/invitations.html", context=context, status=422 if form.errors else 200)


def _sent(number: int) -> str:
    if settings.EMAIL_URL:
        return ngettext("The invitation is on its way.", "%(num)d invitations are on their way.", number) % {
            "num": number
        }
    words = ngettext(
        "The invitation is written. No mail server is set, so a site admin has to hand over its link.",
        "%(num)d invitations are written. No mail server is set, so a site admin has to hand over their links.",
        number,
    )
    return words % {"num": number}


@require_POST
def withdrawal(request: Request, slug: str, pk: int) -> HttpResponse:
    """An invitation is taken back."""
    actions.withdraw(by=request.viewer, invitation=_invitation(request, slug, pk), now=request.now)
    messages.success(request, _("The invitation is withdrawn. Its link opens nothing any more."))
    return redirect("people:invitations", slug=slug)


@require_POST
def renewal(request: Request, slug: str, pk: int) -> HttpResponse:
    """It goes out again, with a new link."""
    try:
        actions.send_again(by=request.viewer, invitation=_invitation(request, slug, pk), now=request.now)
    except actions.InvitationInvalid:
        messages.info(request, _("They are in the team already. You can withdraw the invitation."))
    else:
        messages.success(request, f"{_sent(1)} {_('The earlier link opens nothing any more.')}")
    return redirect("people:invitations", slug=slug)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def acceptance(request: Request, secret: str) -> HttpResponse:
    """The page behind the mail: for a newcomer, for somebody who has an account, for somebody else.

    It shows nothing that the mail did not, and looking at it changes nothing (MAIL-02).
    """
    try:
        invitation = actions.find_invitation(secret, now=request.now)
    except actions.NoSuchInvitation as problem:
        count_guess(request)
        raise Http404 from problem
    if request.user.is_authenticated and request.user.email != invitation.email:
        return _page(request, "account/somebody_else.html", invitation, status=403 if request.method == "POST" else 200)
    if request.user.is_authenticated:
        return _for_person(request, secret, invitation)
    if actions.has_account(invitation.email):
        if request.method == "POST":
            return redirect_to_login(request.path)
        return _page(request, "people/invitation_known.html", invitation)
    return _for_newcomer(request, secret, invitation)


@require_POST
def own_acceptance(request: Request, slug: str) -> HttpResponse:
    """Accept an invitation of one's own without its mail."""
    team = get_object_or_404(Team.objects.visible_to(request.viewer), slug=slug)
    actions.accept_into(team=team, person=request.user, now=request.now)
    messages.success(request, _("Welcome to %(team)s.") % {"team": team})
    return redirect("people:team", slug=slug)


@require_POST
def own_refusal(request: Request, slug: str) -> HttpResponse:
    """Say no to an invitation of one's own."""
    team = get_object_or_404(Team.objects.visible_to(request.viewer), slug=slug)
    actions.decline_into(team=team, person=request.user, now=request.now)
    messages.success(request, _("You stay out of %(team)s. Its leads can invite you again.") % {"team": team})
    return redirect("people:teams")


def _for_newcomer(request: Request, secret: str, invitation: AccessLink) -> HttpResponse:
    form = AcceptanceForm(
        request.POST if request.method == "POST" else None,
        email=invitation.email,
        initial={"zone": actions.team_of(invitation).zone},
    )
    if request.method == "POST" and form.is_valid():
        person = actions.come_in(secret=secret, now=request.now, **form.cleaned_data)
        _welcome(request, invitation)
        return sign_in(request, person, to=reverse("checkins:home"))
    return _page(request, "people/invitation_new.html", invitation, form=form, status=422 if form.errors else 200)


def _for_person(request: Request, secret: str, invitation: AccessLink) -> HttpResponse:
    if request.method == "POST":
        actions.accept(secret=secret, person=request.user, now=request.now)
        _welcome(request, invitation)
        return redirect("checkins:home")
    return _page(request, "people/invitation_known.html", invitation)


def _page(
    request: Request, page: str, invitation: AccessLink, *, form: AcceptanceForm | None = None, status: int = 200
) -> HttpResponse:
    team = actions.team_of(invitation)
    context = {
        "invitation": invitation,
        "team": team,
        "ends": end_words(invitation, team.zone_info),
        "here": request.path,
        "form": form,
    }
    return hide_address(render(request, page, context=context, status=status))


def _welcome(request: Request, invitation: AccessLink) -> None:
    messages.success(request, _("Welcome to %(team)s.") % {"team": actions.team_of(invitation)})


def _team(request: Request, slug: str) -> Team:
    team = get_object_or_404(Team.objects.visible_to(request.viewer), slug=slug)
    if reason := why_not_invite(request.viewer, team):
        raise NotYours(reason)
    return team


def _invitation(request: Request, slug: str, pk: int) -> AccessLink:
    links = AccessLink.objects.visible_to(request.viewer).into(_team(request, slug))
    return get_object_or_404(links.select_related("team"), pk=pk)
