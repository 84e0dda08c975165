"""Ending reminders from the mail itself, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.http import hide_address, render
from people.actions import reminding as actions
from people.adapter import count_guess
from people.viewer import Request


@csrf_exempt  # mail programs post here on one press (RFC 8058); nothing but the address says whose reminders end
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscription(request: Request, secret: str) -> HttpResponse:
    """A button for people; looking at it changes nothing (MAIL-02). Posted, by hand or a mail program, it is done."""
    try:
        person = actions.find_subscriber(secret)
    except actions.NoSuchSubscriber as problem:
        count_guess(request)
        raise Http404 from problem
    if request.method == "POST":
        actions.unsubscribe(person=person, now=request.now)
    is_over = request.method == "POST" or not person.is_reminded
    response = render(request, "people/unsubscription.html", context={"name": person.name, "is_over": is_over})
    return hide_address(response)
