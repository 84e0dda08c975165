"""Whom a text names: a username after an @."""

import re

_NAMED = re.compile(r"(?<![\w@./-])@([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?![\w@])", re.IGNORECASE)


def named_in(text: str) -> list[str]:
    """The usernames that follow an @ in `text`, each once, in order; the address of a mail names nobody."""
    return list(dict.fromkeys(found[1].casefold() for found in _NAMED.finditer(text)))


def cut_at_names(text: str, names: list[str]) -> list[tuple[str, str]]:
    """`text` in its stretches: words with "", and each @ of one of `names` with that name."""
    stretches, end = [], 0
    for found in _NAMED.finditer(text):
        if found[1].casefold() in names:
            stretches += [(text[end : found.start()], ""), (found[0], found[1].casefold())]
            end = found.end()
    return [stretch for stretch in (*stretches, (text[end:], "")) if stretch[0]]


def without_names(text: str, names: list[str], instead: str) -> str:
    """`text` with `instead` in the place of each @ of one of `names`."""
    return _NAMED.sub(lambda found: instead if found[1].casefold() in names else found[0], text)
