"""The site's mail, for site admins: invitations and notices, never what keeps an account safe (decisions 30)."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from activity.models import Delivery
from core.errors import NotYours
from core.http import render
from core.paging import page_of
from people import permissions
from people.rows.letters import late_words, letter_row, letter_rows, opened
from people.viewer import Request


@require_safe
def outbox(request: Request) -> HttpResponse:
    """What waits, what went out, what was put aside; the newest first."""
    _refuse_others(request)
    rows = Delivery.objects.visible_to(request.viewer).newest_first()
    page = page_of(rows, request.GET)
    goes_to_files = not settings.EMAIL_URL
    context = {
        "rows": letter_rows(page.rows, zone=request.viewer.zone, goes_to_files=goes_to_files),
        "page": page,
        "late": late_words(
            Delivery.objects.for_everyone(because="an age is nobody's words").of_no_secret(),
            now=request.now,
            zone=request.viewer.zone,
        ),
        "folder": settings.EMAIL_FILE_PATH if goes_to_files else "",
    }
    return render(request, "people/outbox.html", context=context)


@require_safe
def letter(request: Request, pk: int) -> HttpResponse:
    """One mail: to whom, where it stands, what it says."""
    _refuse_others(request)
    found = get_object_or_404(Delivery.objects.visible_to(request.viewer).newest_first(), pk=pk)
    row = letter_row(found, zone=request.viewer.zone, goes_to_files=not settings.EMAIL_URL)
    is_readers = found.kind == Delivery.Kind.REMINDER
    context = {"row": row, "letter": opened(found), "is_readers": is_readers}
    return render(request, "people/letter.html", context=context)


def _refuse_others(request: Request) -> None:
    if reason := permissions.why_not_look_after_site(request.viewer):
        raise NotYours(reason)
