"""The door: allauth's views under our methods, with our answers.

They render templates/account; `people.adapter` says and mails what they have to.
Source: guarantees AUTH-01…AUTH-07, AUTH-16, CON-01; ADR 2026-11-24-allauth, 2026-11-27-what-was-typed.
"""

from typing import Any

from allauth.account import views as account
from allauth.account.utils import url_str_to_user_pk
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from activity.models import Delivery
from core.answers import plain_answer
from core.errors import TooMany
from core.http import hide_address, render
from core.kept import FIELD, Kept, close, is_readers, opened, page_of, proof_of
from core.typed import TOKEN, Typed, fields_in
from people.actions import sessions
from people.actions.set_up import is_set_up
from people.adapter import count_guess
from people.demo import guests
from people.viewer import Request

NOTHING = Typed(FIELD, "")  # a form that is one button carries no word, and is asked about all the same


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Address and password; in a sample organisation also its people, to look around as.

    `kept` in the address brings somebody's form, sent when they were no longer signed in. It goes along in the page, as
    a closed field, and is opened behind the door for the person who typed it (AUTH-16).
    """
    closed = _carried(request)
    if closed and request.user.is_authenticated:
        return _let_in(request, closed)
    is_on_its_way = request.method == "POST" and ("kept" in request.GET or (closed and "login" not in request.POST))
    if is_on_its_way:
        request.method = "GET"  # it is another page's form, and no try of this one
    try:
        response = account.login(request)
    except TooMany as problem:
        if not closed:
            raise
        return _asked_later(request, str(problem), closed)
    if closed and request.user.is_authenticated:
        return _let_in(request, closed)
    answer = _ours(response, is_set_up=is_set_up(), guests=guests(), kept=closed)
    answer.status_code = 401 if is_on_its_way and answer.status_code == 200 else answer.status_code
    return answer


@require_safe
def kept(request: HttpRequest) -> HttpResponseBase:
    """What was typed, once, to be sent on with one press; no reload of the door's form shows it again."""
    found = opened(sessions.take_out(request.session)) if request.method == "GET" else None
    if found is None or not is_readers(found.page_of, request):
        return redirect(settings.LOGIN_REDIRECT_URL)
    has_words = any(one.is_words for one in found.typed)
    return render(
        request, "account/kept.html", context={"path": found.path, "typed": found.typed, "has_words": has_words}
    )


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


def _carried(request: HttpRequest) -> str:
    """The closed form that was on its way when its sender was no longer signed in; "" when there is none.

    It comes as it was sent, or out of the sign-in page. One that its own page has not sent is none.
    """
    if "kept" not in request.GET:
        sent = request.POST.get(FIELD, "")
        return sent if opened(sent) else ""
    mark, path = page_of(request), request.GET.get("next", "")
    if not mark or not constant_time_compare(request.GET["kept"], proof_of(mark, path)):
        return ""
    return close(Kept(path, mark, fields_in(request) or [NOTHING]))


def _let_in(request: HttpRequest, closed: str) -> HttpResponseBase:
    """Behind the door: the way to what was typed for the person who typed it, and to their own page for another."""
    found = opened(closed)
    if found is not None and is_readers(found.page_of, request):
        sessions.put_by(request.session, closed)
        return redirect("account_kept")
    messages.info(request, _("Somebody else had begun something in this browser. It was not saved, and is not shown."))
    return redirect(settings.LOGIN_REDIRECT_URL)


def _asked_later(request: HttpRequest, said: str, closed: str) -> HttpResponseBase:
    """Too many tries: the form waits in the page, and comes by the door again when it is sent."""
    words = _("What you typed is kept in this page; send it again then.")
    fields = [Typed(FIELD, closed), Typed(TOKEN, get_token(request))]
    return plain_answer(429, f"{said} {words}", reverse("account_login"), fields)


def _is_theirs(uidb36: str, pk: int) -> bool:
    """Whether the link with these letters is for the person `pk`; nobody's link is as good as theirs."""
    try:
        return bool(url_str_to_user_pk(uidb36) == pk)
    except ValueError:
        return True
