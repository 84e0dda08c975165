"""Whether people may be sent here, and for a site admin how long mail waits.

Source: guarantees OUT-04, JOB-14.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from activity.models import Delivery
from core import health
from people.viewer import Request


@login_not_required
@require_safe
def readyz(request: Request) -> HttpResponse:
    """As `core.health.readyz`; a site admin who is signed in reads the age of the oldest mail that is due besides."""
    response = health.readyz(request)
    if response.status_code == 200 and request.user.is_authenticated and request.viewer.is_site_admin:
        since = Delivery.objects.for_everyone(because="an age is nobody's words").waits_since(request.now)
        seconds = int((request.now - since).total_seconds()) if since else 0
        response.write(f"oldest mail due: {seconds} seconds\n")
    return response
