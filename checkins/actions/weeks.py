"""When a week can be written."""

from datetime import datetime

from django.utils.translation import gettext as _

from checkins.rules import Window, window
from core.calendar import Week
from core.errors import NotNow
from people.viewer import Viewer


def open_window(by: Viewer, week: Week, now: datetime) -> Window:
    """Whether it is the week itself or the days after it. Raises NotNow (409: it is over, or ahead)."""
    now_is = window(week, now, by.zone)
    if now_is == Window.AHEAD:
        raise NotNow(_("That week has not begun."))
    if now_is == Window.OVER:
        raise NotNow(_("That week is over: it could be written until the Wednesday after it."))
    return now_is
