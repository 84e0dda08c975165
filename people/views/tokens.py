"""Tokens for one's own programs."""

from typing import Any
from uuid import uuid4

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.http import render
from people.actions import tokens as actions
from people.forms.tokens import TokenForm
from people.models import Token
from people.rows.tokens import token_rows
from people.viewer import Request


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: Request) -> HttpResponse:
    """Those there are, and a form for one more."""
    if request.method == "POST":
        answer: HttpResponse = _made(request)
        return answer
    return _page(request)


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def _made(request: Request) -> HttpResponse:
    """One more, once its owner has shown who they are: this page alone shows its secret (AUTH-13, AUTH-14)."""
    form = TokenForm(request.POST)
    if form.is_valid():
        try:
            token, secret = actions.make(by=request.viewer, now=request.now, **form.cleaned_data)
        except actions.TokenInvalid as problem:
            form.add_error(None, str(problem))
        else:
            return _page(request, made=token, secret=secret)
    return _page(request, form=form, status=422)


@require_POST
def token_revocation(request: Request, pk: int) -> HttpResponse:
    """One of them ends."""
    token = get_object_or_404(Token.objects.visible_to(request.viewer), pk=pk)
    actions.revoke(by=request.viewer, token=token, now=request.now)
    messages.success(request, _("The token has ended. It opens nothing any more."))
    return redirect("people:tokens")


def _page(request: Request, *, form: TokenForm | None = None, status: int = 200, **more: Any) -> HttpResponse:
    rows = Token.objects.visible_to(request.viewer).for_list(request.now)
    context = {
        "form": form or TokenForm(initial={"client_key": uuid4()}),
        "tokens": token_rows(rows, now=request.now, zone=request.viewer.zone),
        "made": None,
        "secret": "",
        **more,
    }
    return render(request, "people/tokens.html", context=context, status=status)
