"""The law of reading: at the doors of the house, every read goes through the viewer.

Source: house-style, section 4; decisions 37.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
APPS = ("okrsite", "retros", "checkins", "objectives", "activity", "people")
DOORS = ("views", "api", "forms", "tasks")
ALLOWED = {
    "visible_to",
    "for_everyone",
    "deleted_by_mistake",
    "shown_to",  # a whole, of which one reads a part
    "of_found",  # what is under a row that was found through the viewer
}
SIDE_DOORS = {"objects", "_default_manager", "_base_manager"}
FINDS = {"get_object_or_404", "get_list_or_404"}


def doors() -> list[Path]:
    """The files at which a request, a job or a form comes in."""
    found = []
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = path.relative_to(ROOT / app).with_suffix("").parts
            if parts[0] in DOORS:
                found.append(path)
    return found


def rows() -> list[Path]:
    """The files that make words of what was read."""
    return sorted(path for app in APPS for path in (ROOT / app / "rows").rglob("*.py"))


def asks(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every manager that `source` names: there a read of its own begins."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in SIDE_DOORS:
            yield node.lineno, ast.unparse(node)


def reverse_names() -> set[str]:
    """The names under which one row of ours leads to many others."""
    names = set()
    for model in apps.get_models():
        if model._meta.app_label in APPS:
            names |= {rel.get_accessor_name() for rel in model._meta.related_objects if rel.multiple}
    return {name for name in names if name}


def model_names() -> set[str]:
    """The names of our models."""
    return {model.__name__ for model in apps.get_models() if model._meta.app_label in APPS}


def unread_through_viewer(source: str, reverse: set[str], models: set[str]) -> Iterator[tuple[int, str]]:
    """Line and text of every read in `source` that does not begin with the viewer or with a reason."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        is_find = isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in FINDS
        if is_find and ast.unparse(node.args[0]) in models:
            yield node.lineno, ast.unparse(node)
        if not isinstance(node, ast.Attribute):
            continue
        method = parents.get(node)
        called = method.attr if isinstance(method, ast.Attribute) and method.value is node else ""
        is_side_door = node.attr in SIDE_DOORS and called not in ALLOWED
        is_back_door = node.attr in reverse and called not in {"", *ALLOWED}
        if is_side_door or is_back_door:
            yield node.lineno, ast.unparse(method or node)
