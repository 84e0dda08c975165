"""What okrsite wires together: templates, addresses, Celery, the list of routes."""

import json
import re
from importlib import import_module

import pytest
from django import forms
from django.conf import settings
from django.core.management import call_command
from django.template import engines
from django.urls import get_resolver
from jinja2 import StrictUndefined, UndefinedError

from core.routes import routes
from okrsite.celery import app
from okrsite.jinja import described, url
from okrsite.wsgi import application


class NameForm(forms.Form):
    name = forms.CharField()


def drawn(source: str, **context: object) -> str:
    """A template of ours, drawn."""
    return engines["pages"].from_string(source).render(context)


def test_addresses_are_written_by_name():
    assert url("checkins:board", slug="rockets") == "/teams/rockets/"
    assert drawn("{{ url('objectives:mine') }}") == "/objectives/"
    assert re.fullmatch(r"/static/css/tokens(\.\w+)?\.css", drawn("{{ static('css/tokens.css') }}"))


def test_what_is_typed_is_escaped_and_what_is_missing_is_noticed():
    """IN-10."""
    assert drawn("{{ name }}", name="<b>") == "&lt;b&gt;"
    assert engines["pages"].env.undefined is StrictUndefined
    with pytest.raises(UndefinedError):
        drawn("{{ nothing }}")


def test_texts_are_translated_and_counted():
    assert drawn("{{ _('Skip to %(where)s', where='it') }}") == "Skip to it"
    assert drawn("{{ ngettext('%(num)d week', '%(num)d weeks', 2) }}") == "2 weeks"


def test_a_field_that_is_wrong_is_tied_to_the_sentence_about_it():
    """AX-04."""
    assert described(NameForm({"name": "Ana"})["name"]) == {}
    assert described(NameForm({})["name"]) == {"aria-invalid": "true", "aria-describedby": "id_name-problem"}


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500])
def test_every_handler_is_a_page_of_ours(status):
    handler = get_resolver().resolve_error_handler(status)
    assert handler.__module__ == "core.answers"


def test_celery_carries_the_tick_every_minute_and_keeps_no_results():
    assert app.conf.beat_schedule == {
        "tick": {"task": "okrsite.tick", "schedule": 60.0, "options": {"expires": 50}},
    }
    app.loader.import_default_modules()
    assert "okrsite.tick" in app.tasks
    assert app.conf.task_ignore_result is True
    assert app.conf.task_time_limit < app.conf.broker_transport_options["visibility_timeout"]  # JOB-12


def test_every_module_that_settings_name_is_there():
    for name in (*settings.MIDDLEWARE, settings.ACCOUNT_ADAPTER, settings.CSRF_FAILURE_VIEW):
        module, _dot, attribute = name.rpartition(".")
        assert hasattr(import_module(module), attribute)
    assert callable(application)


def test_the_routes_are_listed_for_machines_and_for_people(capsys):
    """CON-03."""
    call_command("routes", json=True)
    listed = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in listed] == [route.name for route in routes()]
    assert {tuple(row) for row in listed} == {("path", "name", "methods", "policy")}
    assert {"path": "/livez", "name": "livez", "methods": ["GET", "HEAD"], "policy": "open"} in listed
    call_command("routes")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(listed)
    assert [line.split() for line in lines if line.endswith("  livez")] == [["GET,", "HEAD", "open", "/livez", "livez"]]
