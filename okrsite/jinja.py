"""The Jinja2 environment of every page we own."""

from typing import Any

import jinja2
from django.forms import BoundField
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django_htmx.jinja import htmx_script

from core import calendar, charts, messages, numbers, text


def environment(**options: Any) -> jinja2.Environment:
    """Globals are functions that shape values for reading; none of them decides or queries."""
    env = jinja2.Environment(**options)  # noqa: S701 - settings.py passes select_autoescape
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(
        static=static,
        url=url,
        htmx_script=htmx_script,
        charts=charts,
        day_words=calendar.day_words,
        week_words=calendar.week_words,
        short_day=calendar.short_day,
        show_number=numbers.show_number,
        whole_percent=numbers.whole_percent,
        initials=text.initials,
        grade_words=numbers.grade_words,
        undo_of=messages.undo_of,
        described=described,
    )
    return env


def url(name: str, **kwargs: Any) -> str:
    """The path of a named address."""
    return reverse(name, kwargs=kwargs or None)


def described(bound: BoundField) -> dict[str, str]:
    """The attributes that tie a field to the sentence about what is wrong with it."""
    if not bound.errors:
        return {}
    return {"aria-invalid": "true", "aria-describedby": f"{bound.id_for_label}-problem"}
