"""A team's chat: what it is told, and how that went."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.http import render
from people.actions import chat as actions
from people.forms.chat import ChatForm
from people.models import ChatHook, ChatPost, Team
from people.rows.chat import chat_row, post_rows
from people.viewer import Request
from people.views.finding import team_to_look_after

SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
def chat(request: Request, slug: str) -> HttpResponse:
    """Which one is connected, what it is told, and what it answered; and connecting one."""
    team = team_to_look_after(request, slug)
    if request.method == "POST":
        answer: HttpResponse = _connected(request, team)
        return answer
    return _page(request, team)


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def _connected(request: Request, team: Team) -> HttpResponse:
    """What leaves okrsite is said by somebody who has shown who they are (AUTH-14)."""
    form = ChatForm(request.POST)
    if form.is_valid():
        tells = actions.Tells(form.cleaned_data["reminder"], form.cleaned_data["celebration"])
        address = form.cleaned_data["address"]
        try:
            actions.connect(by=request.viewer, team=team, address=address, tells=tells, now=request.now)
        except actions.ChatInvalid as problem:
            form.add_error("address", str(problem))
        else:
            messages.success(request, _("Saved."))
            return redirect("people:chat", slug=team.slug)
    return _page(request, team, form=form, status=422)


@require_POST
def chat_trial(request: Request, slug: str) -> HttpResponse:
    """Tell it a sentence; the page says what it answers."""
    actions.try_out(by=request.viewer, team=team_to_look_after(request, slug), now=request.now)
    messages.success(request, _("On its way. What the chat answers stands below within a minute."))
    return redirect("people:chat", slug=slug)


@require_POST
def chat_end(request: Request, slug: str) -> HttpResponse:
    """It is told nothing more."""
    actions.disconnect(by=request.viewer, team=team_to_look_after(request, slug), now=request.now)
    messages.success(request, _("The chat is told nothing more. Its address is forgotten."))
    return redirect("people:chat", slug=slug)


def _page(request: Request, team: Team, *, form: ChatForm | None = None, status: int = 200) -> HttpResponse:
    viewer = request.viewer
    hook = ChatHook.objects.visible_to(viewer).filter(team=team).select_related("by").first()
    told = {"reminder": hook.tells_reminder, "celebration": hook.tells_celebration} if hook else {}
    posts = ChatPost.objects.visible_to(viewer).filter(hook=hook).newest_first()[:SHOWN] if hook else []
    context = {
        "team": team,
        "form": form or ChatForm(initial=told or {"reminder": True, "celebration": True}),
        "chat": chat_row(hook, viewer.zone),
        "posts": post_rows(posts, viewer.zone),
    }
    return render(request, "people/chat.html", context=context, status=status)
