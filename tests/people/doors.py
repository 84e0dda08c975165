"""Going through the door in tests: signing in, and reading what was mailed."""

import html
import re
from urllib.parse import urlsplit

from django.test import Client

from activity.actions.mail import read
from activity.letters import Letter
from activity.models import Delivery
from tests.factories import PASSWORD

LOGIN = "/accounts/login/"


def sign_in(email: str, password: str = PASSWORD, client: Client | None = None, **fields: str):
    """Try the door as anybody does; the client and what it was answered."""
    client = client or Client()
    return client, client.post(LOGIN, {"login": email, "password": password, **fields})


def is_signed_in(client: Client) -> bool:
    """Whether that browser comes to a page of somebody's own."""
    return client.get("/accounts/sessions/").status_code == 200


def letters_to(address: str) -> list[Letter]:
    """What waits for that address, the oldest first."""
    rows = Delivery.objects.filter(address=address, state="OWED").order_by("created_at", "pk")
    return [read(row) for row in rows]


def letter_to(address: str) -> Letter:
    """The one letter that waits for that address."""
    (letter,) = letters_to(address)
    return letter


def link_in(letter: Letter) -> str:
    """The path of the one link of a letter."""
    (link,) = set(re.findall(r"http\S+", letter.text))
    return urlsplit(link).path


def words_of(page: str) -> str:
    """What one reads of a page of HTML, with single blanks."""
    body = re.sub(r"(?s)<(head|template)\b.*?</\1>", " ", page)
    return " ".join(html.unescape(re.sub(r"</?bdi>|(<[^>]*>)", lambda tag: " " if tag[1] else "", body)).split())
