"""What one's reminder says, before it comes."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from checkins.actions import reminder_mail
from core.http import render
from people.viewer import Request

OWN = "your-own"  # in place of the secret of a link


@require_safe
def reminder_preview(request: Request) -> HttpResponse:
    """The mail of this week as it would be written at its moment, with what is known now; or that there is none."""
    person, viewer, now = request.user, request.viewer, request.now
    week = viewer.week(now)
    due = reminder_mail.first_due(person, week)
    comes_at = due.call.due_at.astimezone(viewer.zone) if due else now
    letter = due and reminder_mail.letter_for(person, viewer, week, due, secret=OWN, stop=OWN, now=comes_at)
    context = {"letter": letter, "week": week, "comes_at": comes_at, "is_reminded": person.is_reminded}
    return render(request, "checkins/reminder_preview.html", context=context)
