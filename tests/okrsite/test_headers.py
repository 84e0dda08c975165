"""What stands in the headers, on a site with TLS and on one without."""

import os
import re
import subprocess
import sys

import pytest
from django.test import Client

from tests.factories import make_world
from tests.okrsite.conftest import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.either_database, pytest.mark.usefixtures("frozen")]

TLS, PLAIN = "https://okr.example.org", "http://localhost:8000"
PAGES = {"login": "/accounts/login/", "board": "/teams/rockets/", "error": "/no/such/page/", "signed in": "/"}


@pytest.fixture
def site(read, settings, client_of):
    """A browser on a site of that address, signed in as Alice or as nobody."""

    def of(address: str, *, who: str = "alice"):
        for name, value in read(SITE_URL=address, TRUSTED_PROXIES="1").items():
            if re.match(r"SECURE_|.*_COOKIE_|SITE_URL|IS_HTTPS|MESSAGE_STORAGE", name):
                setattr(settings, name, value)
        world = make_world()
        browser = client_of(world.alice if who == "alice" else None)
        browser.raise_request_exception = False
        return browser

    return of


def asked(browser: Client, path: str, *, secure: bool = True, **headers: str):
    """The answer to a look at that page, through our proxy."""
    told = {"X-Forwarded-Proto": "https" if secure else "http", **headers}
    return browser.get(path, headers=told)


def points(answer) -> dict[str, int]:
    """What the table of the HTTP Observatory gives for an answer over TLS."""
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    unsafe = any("'unsafe" in words or "http:" in words or words.strip() == "*" for words in policy.values())
    seconds = int(re.search(r"max-age=(\d+)", answer.headers.get("Strict-Transport-Security", "max-age=0"))[1])
    cookies = list(answer.cookies.values())
    are_bound = all(one["secure"] and one["httponly"] and one["samesite"] for one in cookies)
    is_framed = policy.get("frame-ancestors") == "'none'" or answer.headers.get("X-Frame-Options") in {
        "DENY",
        "SAMEORIGIN",
    }
    private = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
    foreign = re.findall(r'<script[^>]*src="(?:https?:)?//', answer.content.decode())
    return {
        "policy": -20 if unsafe else 10 if policy.get("default-src") == "'none'" else 5,
        "cookies": 0 if not cookies else 5 if are_bound else -20,
        "shared with strangers": -50 if answer.headers.get("Access-Control-Allow-Origin") == "*" else 0,
        "referrer": 5 if answer.headers.get("Referrer-Policy") in private else 0,
        "transport": 0 if seconds >= 15_768_000 else -10 if seconds else -20,
        "scripts": -50 if foreign else 0,
        "type": 0 if answer.headers.get("X-Content-Type-Options") == "nosniff" else -5,
        "frames": 5 if is_framed else -20,
        "resources": 10 if answer.headers.get("Cross-Origin-Resource-Policy") in {"same-origin", "same-site"} else 0,
    }


@pytest.mark.parametrize("page", PAGES)
def test_the_observatory_would_give_an_a_plus(site, page):
    """HDR-02: 130 at the least, of its 100 and what it adds."""
    browser = site(TLS, who="nobody" if page == "login" else "alice")
    found = points(asked(browser, PAGES[page]))
    assert {name: value for name, value in found.items() if value < 0} == {}
    assert 100 + sum(found.values()) >= 130


@pytest.mark.parametrize(
    ("header", "value", "lost"),
    [
        ("Content-Security-Policy", "default-src 'self' 'unsafe-inline'", 30),
        ("Referrer-Policy", "unsafe-url", 5),
        ("Strict-Transport-Security", "max-age=3600", 10),
        ("X-Content-Type-Options", "", 5),
        ("Cross-Origin-Resource-Policy", "cross-origin", 10),
        ("Access-Control-Allow-Origin", "*", 50),
    ],
)
def test_the_table_takes_points_away(site, header, value, lost):
    """HDR-02: a control, so that the score means something."""
    answer = asked(site(TLS), "/")
    whole = sum(points(answer).values())
    answer[header] = value
    assert whole - sum(points(answer).values()) == lost


@pytest.mark.parametrize(
    ("address", "secure", "told"),
    [(TLS, True, "max-age=31536000; includeSubDomains; preload"), (PLAIN, True, None), (PLAIN, False, None)],
)
def test_transport_is_promised_over_tls_alone(site, address, secure, told):
    """HDR-05: two years would be no better; a site without TLS promises nothing."""
    answer = asked(site(address), "/", secure=secure)
    assert (answer.status_code, answer.headers.get("Strict-Transport-Security")) == (200, told)


def test_who_comes_in_the_clear_to_a_site_with_tls_is_sent_on(site):
    """HDR-05."""
    answer = asked(site(TLS), "/objectives/?q=1", secure=False)
    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/objectives/?q=1")
    assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.parametrize("path", [*PAGES.values(), "/livez", "/robots.txt"])
def test_every_answer_narrows_what_others_may_do_with_it(site, path):
    """HDR-05."""
    answer = asked(site(TLS), path)
    assert {
        name: answer.headers.get(name)
        for name in (
            "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy",
            "Cross-Origin-Embedder-Policy", "Permissions-Policy", "X-Frame-Options",
        )
    } == {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "X-Frame-Options": "DENY",
    }  # fmt: skip


POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/accounts/login/", 302), ("/objectives/", 200), ("/teams/rockets/", 200), ("/api/docs/", 200),
        ("/api/v1/people/", 200), ("/robots.txt", 200), ("/livez", 200),
        ("/no/such/page/", 404), ("/api/v1/no-such-list/", 404), ("/static/no-such-file.css", 404), ("/people/\x01/", 400),
        ("/settings/mail/", 403), ("/teams/rockets/members/", 405),
    ],
)  # fmt: skip
def test_the_whole_policy_stands_on_every_answer(site, path, status):
    """HDR-01: word by word; nobody frames a page, and none of them runs a script that is not ours."""
    answer = asked(site(TLS), path)
    assert (answer.status_code, answer.headers.get("Content-Security-Policy")) == (status, POLICY)


def test_the_whole_policy_stands_on_the_page_of_a_bug_and_for_nobody(site, monkeypatch):
    """HDR-01: 500 too, and at the door."""
    browser = site(TLS, who="nobody")
    answers = [asked(browser, "/accounts/login/")]
    monkeypatch.setattr("people.views.account.guests", lambda: 1 / 0)
    answers.append(asked(browser, "/accounts/login/"))
    found = [(answer.status_code, answer.headers.get("Content-Security-Policy")) for answer in answers]
    assert found == [(200, POLICY), (500, POLICY)]


@pytest.mark.parametrize("path", ["/invitations/the-invitation-into-rockets/", "/set-up/made-up/"])
def test_a_page_behind_a_secret_tells_nobody_its_address(site, path):
    """HDR-05: at most the site's own name, for a form without an origin would be refused."""
    assert asked(site(TLS, who="nobody"), path)["Referrer-Policy"] in {"strict-origin", "same-origin"}


@pytest.mark.parametrize("method", ["GET", "OPTIONS", "POST"])
@pytest.mark.parametrize("path", ["/", "/objectives/", "/accounts/login/", "/livez", "/no/such/page/"])
def test_strangers_sites_are_granted_nothing(site, method, path):
    """HDR-07: whatever they ask for, and however they ask before."""
    asked_by = {"Origin": "https://evil.example", "X-Forwarded-Proto": "https", "Access-Control-Request-Method": "PUT"}
    answer = site(TLS).generic(method, path, headers=asked_by)
    assert [name for name in answer.headers if name.startswith("Access-Control-")] == []


@pytest.mark.parametrize("who", ["nobody", "alice"])
@pytest.mark.parametrize(
    "path",
    [
        "/.git/config", "/.env", "/okrsite.sqlite3", "/var/okrsite.sqlite3", "/var/secret-key", "/okrsite/settings.py",
        "/static/", "/static/css/", "/static/../okrsite/settings.py", "/static/%2e%2e/manage.py", "/static//etc/passwd",
        "/backup.sql", "/manage.py", "/.well-known/", "/server-status",
    ],
)  # fmt: skip
def test_what_is_no_page_is_not_served(site, who, path):
    """HDR-08."""
    answer = asked(site(TLS, who=who), path)
    assert answer.status_code == 404
    assert not {"Server", "X-Powered-By", "Via"} & set(answer.headers)


@pytest.mark.parametrize(("who", "status"), [("nobody", {405, 302}), ("alice", {405})])
@pytest.mark.parametrize("path", ["/", "/accounts/sessions/", "/livez"])
def test_nothing_is_sent_back_as_it_came(site, who, status, path):
    """HDR-08: TRACE would show a script the cookies that it may not read."""
    answer = site(TLS, who=who).generic("TRACE", path, headers={"X-Forwarded-Proto": "https", "X-Sent": "to and fro"})
    assert answer.status_code in status
    assert b"to and fro" not in answer.content


@pytest.mark.usefixtures("site")
def test_djangos_own_check_of_a_deployment_finds_nothing(tmp_path):
    """HDR-03: with the settings that are shipped."""
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "OKRSITE_VAR": str(tmp_path), "SITE_URL": TLS, "TRUSTED_PROXIES": "1"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n")
