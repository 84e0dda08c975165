"""The door: allauth's views under our methods, with our answers.

They render templates/account; `people.adapter` says and mails what they have to.
Source: guarantees AUTH-01…AUTH-07, CON-01; ADR 2026-11-24-allauth.
"""

from typing import Any

from allauth.account import views as account
from allauth.account.utils import url_str_to_user_pk
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from core.http import hide_address, render
from people.actions.set_up import is_set_up
from people.adapter import count_guess
from people.demo import guests
from people.viewer import Request


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Address and password; in a sample organisation also its people, to look around as."""
    return _ours(account.login(request), is_set_up=is_set_up(), guests=guests())


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
def forgotten_done(request: HttpRequest) -> HttpResponseBase:
    """The same words whether the address is known or not."""
    return _ours(account.password_reset_done(request), has_mail_server=bool(settings.EMAIL_URL))


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


def _is_theirs(uidb36: str, pk: int) -> bool:
    """Whether the link with these letters is for the person `pk`; nobody's link is as good as theirs."""
    try:
        return bool(url_str_to_user_pk(uidb36) == pk)
    except ValueError:
        return True
