"""Addresses inside a line of words become links with a short title; nothing is fetched.

Source: practice P80.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
_AFTER = ".,;:!?'’)]}"  # what ends a sentence, and not an address
_MOST = 40  # characters of a title
_TITLES = (  # of the path, and what is said of it
    (re.compile(r"/(?:[^/]+/)*((?!-/)[^/]+)/(?:-/)?(?:pull|pulls|issues|discussions|work_items)/([0-9]+)"), "{0}#{1}"),
    (re.compile(r"/(?:[^/]+/)*((?!-/)[^/]+)/(?:-/)?(?:merge_requests|pull-requests)/([0-9]+)"), "{0}!{1}"),
    (re.compile(r"/(?:[^/]+/)*((?!-/)[^/]+)/(?:-/)?commits?/([0-9a-f]{7})[0-9a-f]*"), "{0}@{1}"),
    (re.compile(r"/(?:[^/]+/)*(?:browse|issue)/([A-Z][A-Z0-9]*-[0-9]+)"), "{0}"),
)


@dataclass(frozen=True)
class Part:
    """A stretch of a line: words, or the title of what `url` leads to ("" for words)."""

    text: str
    url: str = ""


def parts_of(line: str) -> tuple[Part, ...]:
    """The line in its parts, in order; every character that is no address stays."""
    parts: list[Part] = []
    end = 0
    for found in _ADDRESS.finditer(line):
        url = _without_end(found[0])
        if (title := title_of(url)) == "":
            continue
        if line[end : found.start()]:
            parts.append(Part(line[end : found.start()]))
        parts.append(Part(title, url))
        end = found.start() + len(url)
    if line[end:] or not parts:
        parts.append(Part(line[end:]))
    return tuple(parts)


def title_of(url: str) -> str:
    """`okrsite#12`, `OKR-12`, or the host and the end of the path; "" for what is no address."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if not host or parts.username is not None:
        return ""
    for pattern, title in _TITLES:
        if found := pattern.match(parts.path):
            return _cut(title.format(*found.groups()))
    last = parts.path.rstrip("/").rpartition("/")[2]
    if not last:
        return _cut(host)
    return _cut(f"{host}/{last}" if parts.path.count("/") == 1 else f"{host}/…/{last}")


def _without_end(url: str) -> str:
    """Without what ends the sentence; a bracket that was opened inside stays."""
    while url and url[-1] in _AFTER and not (url[-1] == ")" and url.count("(") >= url.count(")")):
        url = url[:-1]
    return url


def _cut(title: str) -> str:
    return title if len(title) <= _MOST else f"{title[: _MOST - 1]}…"
