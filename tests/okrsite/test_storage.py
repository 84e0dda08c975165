"""Static files as they are served: names that hold a hash, also inside a script."""

import json
import re

import pytest
from django.conf import settings as shipped
from django.core.management import call_command
from django.test import Client

from core.middleware import HEADERS
from tests.okrsite.test_headers import POLICY


@pytest.fixture
def collected(tmp_path, settings):
    """The folder after `collectstatic`, as in production."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**shipped.STORAGES, "staticfiles": {"BACKEND": "okrsite.storage.HashedFiles"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_every_file_is_served_by_its_hashed_name_and_scripts_import_each_other_by_it(collected):
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    app = (collected / names["js/app.js"]).read_text()
    imported = re.findall(r'import\("\./([^"]+)"\)', app)
    assert imported
    assert {f"js/{name}" for name in imported} - set(names.values()) == set()
    assert {path.relative_to(collected).as_posix() for path in collected.rglob("*.css")} == {
        hashed for name, hashed in names.items() if name.endswith(".css")
    }


def test_a_file_is_kept_for_ever_and_has_the_headers_of_every_answer(collected):
    """HDR-01, HDR-06."""
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    answer = Client().get(f"/static/{names['css/tokens.css']}")
    assert answer.getvalue() == (collected / names["css/tokens.css"]).read_bytes()
    assert (answer.status_code, answer["Content-Type"]) == (200, 'text/css; charset="utf-8"')
    assert answer["Cache-Control"] == "max-age=315360000, public, immutable"
    assert {name: answer[name] for name in HEADERS} == HEADERS
    assert answer["Content-Security-Policy"] == POLICY
