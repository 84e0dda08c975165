"""Reading a page of objectives as a person does."""

import re
from html import unescape

from django.contrib.messages import get_messages
from django.http import HttpResponse

from core.messages import undo_of

_MAIN = re.compile(r"<main.*?</main>", re.S)
_SILENT = re.compile(r"<(script|option|svg)\b.*?</\1>|<[^>]+>", re.S)


def main(answer: HttpResponse) -> str:
    """The words of the page's main part, with single blanks."""
    found = _MAIN.search(answer.content.decode())
    return " ".join(unescape(_SILENT.sub(" ", found[0])).split()) if found else ""


def values(answer: HttpResponse) -> dict[str, str]:
    """What stands in the single-line fields, by name; the last of each name."""
    body = answer.content.decode()
    inputs = [dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<input[^>]*>", body)]
    areas = re.findall(r'<textarea name="([^"]+)"[^>]*>\s?([^<]*)</textarea>', body)
    return {one["name"]: unescape(one.get("value", "")) for one in inputs} | {
        name: unescape(text) for name, text in areas
    }


def problems(answer: HttpResponse) -> list[str]:
    """The sentences beside the fields, and those of the summary that belong to none."""
    return [unescape(text) for text in re.findall(r'<p class="error"[^>]*>([^<]*)</p>', answer.content.decode())]


def summary(answer: HttpResponse) -> list[str]:
    """The lines of the summary at the top."""
    found = re.search(r'<div class="summary.*?</div>', answer.content.decode(), re.S)
    return [unescape(re.sub("<[^>]+>", "", line)) for line in re.findall(r"<li>.*?</li>", found[0])] if found else []


def links(answer: HttpResponse) -> set[str]:
    """Where links and forms of the main part lead."""
    found = _MAIN.search(answer.content.decode())
    return set(re.findall(r'(?:href|action)="([^"#]+)', found[0])) if found else set()


def toasts(answer: HttpResponse) -> list[tuple[str, str]]:
    """What is told on the next page, and the address that undoes it."""
    return [(str(one), undo_of(one)) for one in get_messages(answer.wsgi_request)]
