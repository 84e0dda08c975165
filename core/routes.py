"""Every address that this site answers, with its methods and its policy, as the code itself says them.

Source: guarantees CON-03.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import getclosurevars, isfunction
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

OPEN = "open"  # everybody, signed in or not
LINK = "link"  # whoever has the secret that stands in the address
API = "signed in, or with a token"
SIGNED_IN = "signed in"  # the view decides the rest
_SECRETS = frozenset({"secret", "key"})

View = Callable[..., Any]


@dataclass(frozen=True)
class Route:
    """An address as it is written in a `urls.py`; `methods` is empty when the view does not name them."""

    path: str
    name: str
    methods: tuple[str, ...]
    policy: str


def routes() -> list[Route]:
    """All of them, in the order in which they are tried."""
    return list(_walk(get_resolver().url_patterns, "/", ""))


def _walk(patterns: list[URLPattern | URLResolver], path: str, names: str) -> Iterator[Route]:
    for pattern in patterns:
        here = path + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here, names + (f"{pattern.namespace}:" if pattern.namespace else ""))
        else:
            view, words = pattern.callback, set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex)
            yield Route(here, f"{names}{pattern.name}", methods_of(view), policy_of(view, words))


def methods_of(view: View) -> tuple[str, ...]:
    """The methods that `view` takes: its decorator's, or those that a view class has; () when neither says."""
    view_class = getattr(view, "view_class", None)
    if view_class is not None:
        return tuple(name.upper() for name in view_class.http_method_names if _takes(view_class, name))
    named = [set(methods) for layer in _layers(view) if (methods := _named_in(layer))]
    return tuple(sorted(set.intersection(*named))) if named else ()


def _takes(view_class: type, name: str) -> bool:
    """Django answers HEAD by what it would GET."""
    return hasattr(view_class, name) or (name == "head" and hasattr(view_class, "get"))


def _layers(view: View | None) -> Iterator[View]:
    """The view as it was decorated, from the outside in."""
    while view is not None:
        yield view
        view = getattr(view, "__wrapped__", None)


def _named_in(layer: View) -> list[str]:
    """What `require_http_methods` keeps for itself, if `layer` is of its making."""
    found: list[str] = getclosurevars(layer).nonlocals.get("request_method_list", []) if isfunction(layer) else []
    return found


def policy_of(view: View, words: set[str]) -> str:
    """Who comes to `view`, in whose address these words stand: OPEN, LINK, API or SIGNED_IN."""
    if getattr(getattr(view, "view_class", None), "permission_classes", []):
        return API  # rest_framework asks after the door of the pages, which it leaves open
    if getattr(view, "login_required", True):
        return SIGNED_IN
    return LINK if words & _SECRETS else OPEN
