"""The door: allauth's views under our methods, with our answers.

They render templates/account; `people.adapter` says and mails what they have to.
Source: guarantees AUTH-01…AUTH-07, AUTH-16, CON-01; ADR 2026-11-24-allauth, 2026-11-27-what-was-typed.
"""

from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.utils import url_str_to_user_pk
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from activity.models import Delivery
from core.answers import plain_answer
from core.errors import TooMany
from core.http import hide_address, render
from core.typed import TOKEN, Typed, packed, typed_in, unpacked
from people.actions.set_up import is_set_up
from people.adapter import count_guess
from people.demo import guests
from people.viewer import Request

NOTHING = Typed("kept", "")  # a form that is one button carries no word, and is asked about all the same


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Address and password; in a sample organisation also its people, to look around as.

    `kept` in the address brings somebody's form, sent when they were no longer signed in. It goes along in the page and
    is given back behind the door; nothing of it is kept here (AUTH-16).
    """
    typed = _carried(request)
    if typed and request.user.is_authenticated:
        return _given_back(request, _next(request), typed)
    is_on_its_way = "kept" in request.GET and request.method == "POST"
    if is_on_its_way:
        request.method = "GET"  # it is another page's form, and no try of this one
    try:
        response = account.login(request)
    except TooMany as problem:
        if not typed:
            raise
        return _asked_later(request, str(problem), typed)
    if typed and request.user.is_authenticated:
        return _given_back(request, response.headers["Location"], typed)
    answer = _ours(response, is_set_up=is_set_up(), guests=guests(), kept=packed(typed) if typed else "")
    answer.status_code = 401 if is_on_its_way else answer.status_code
    return answer


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """A page that asks, and the POST that does it."""
    return _ours(account.logout(request))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponseBase:
    """Where should the link to a new password go?"""
    return _ours(account.password_reset(request), has_mail_server=bool(settings.EMAIL_URL))


@login_not_required
@require_safe
def forgotten_done(request: Request) -> HttpResponseBase:
    """The same words whether the address is known or not."""
    is_late = (
        Delivery.objects.for_everyone(because="an age is nobody's words").of_no_secret().late_since(request.now)
        is not None
    )
    return _ours(account.password_reset_done(request), has_mail_server=bool(settings.EMAIL_URL), is_late=is_late)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: Request, uidb36: str, key: str) -> HttpResponseBase:
    """The page behind a mailed link. Somebody else who is signed in here is asked to sign out first."""
    if request.user.is_authenticated and not _is_theirs(uidb36, request.user.pk):
        return hide_address(render(request, "account/somebody_else.html", context={"here": request.path}, status=403))
    response = account.password_reset_from_key(request, uidb36=uidb36, key=key)
    if (getattr(response, "context_data", None) or {}).get("token_fail"):
        count_guess(request)
        response.status_code = 410
    return _ours(response)


@login_not_required
@require_safe
def new_password_done(request: HttpRequest) -> HttpResponseBase:
    """The new password holds."""
    return _ours(account.password_reset_from_key_done(request))


@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponseBase:
    """The present password, and a new one; the other browsers are signed out."""
    return _ours(account.password_change(request))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponseBase:
    """The password again, before something that matters."""
    return _ours(account.reauthenticate(request))


@login_not_required
@require_safe
def inactive(request: HttpRequest) -> HttpResponseBase:
    """For somebody who was switched off between showing their password and coming in."""
    return _ours(account.account_inactive(request))


def _ours(response: HttpResponseBase, **context: Any) -> HttpResponseBase:
    """What allauth answered: 422 for what is wrong in a form, and with more for the page to show."""
    if isinstance(response, TemplateResponse):
        data = response.context_data = {**(response.context_data or {}), **context}
        form = data.get("form")
        if response.status_code == 200 and form is not None and form.is_bound and form.errors:
            response.status_code = 422
    return response


def _carried(request: HttpRequest) -> list[Typed]:
    """The form that was on its way when its sender was no longer signed in: as it comes, or out of the sign-in page."""
    if "kept" in request.GET:
        return [one for one in typed_in(request) if one.name != TOKEN] or [NOTHING]
    return unpacked(request.POST.get("kept", ""))


def _given_back(request: HttpRequest, path: str, typed: list[Typed]) -> HttpResponseBase:
    """Behind the door: what was typed, to be sent on by whoever has come in, with one press."""
    context = {"path": path, "typed": typed, "has_words": any(one.is_words for one in typed)}
    return render(request, "account/kept.html", context=context)


def _asked_later(request: HttpRequest, said: str, typed: list[Typed]) -> HttpResponseBase:
    """Too many tries: the form waits in the page, and comes by the door again when it is sent."""
    words = _("What you typed stands below; send it again then.")
    return plain_answer(429, f"{said} {words}", _next(request), [*typed, Typed(TOKEN, get_token(request))])


def _next(request: HttpRequest) -> str:
    """Where the form was sent to, on this site."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    return asked if get_adapter().is_safe_url(asked) else resolve_url(settings.LOGIN_REDIRECT_URL)


def _is_theirs(uidb36: str, pk: int) -> bool:
    """Whether the link with these letters is for the person `pk`; nobody's link is as good as theirs."""
    try:
        return bool(url_str_to_user_pk(uidb36) == pk)
    except ValueError:
        return True
