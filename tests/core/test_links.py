"""Addresses in a line of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.links import Part, parts_of, title_of


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://git.example/northlight/shop/pull/128", "shop#128"),
        ("https://git.example/northlight/shop/pull/128/files#diff-1", "shop#128"),
        ("https://git.example/northlight/shop/issues/7?x=1", "shop#7"),
        ("https://lab.example/a/b/shop/-/issues/7", "shop#7"),
        ("https://lab.example/a/b/shop/-/merge_requests/9", "shop!9"),
        ("https://bucket.example/a/shop/pull-requests/9", "shop!9"),
        ("https://git.example/a/shop/commit/0123456789abcdef0123", "shop@0123456"),
        ("https://jira.example/browse/SHOP-12", "SHOP-12"),
        ("https://linear.example/northlight/issue/SHOP-12/make-it-fast", "SHOP-12"),
        ("https://www.example.org", "example.org"),
        ("https://www.example.org/", "example.org"),
        ("http://example.org:8080/plan", "example.org/plan"),
        ("https://example.org/wiki/2026/plan/", "example.org/…/plan"),
        ("https://example.org/" + "x" * 90, "example.org/" + "x" * 27 + "…"),
        ("https://", ""),
        ("https://[::1", ""),
        ("https://example.org@evil.example/pull/1", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_an_address_has_a_short_title(url, title):
    """P80, IN-10: a name before an @ would look like the host."""
    assert title_of(url) == title


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Slept", (Part("Slept"),)),
        ("", (Part(""),)),
        (
            "Merged https://git.example/a/shop/pull/1, and slept.",
            (Part("Merged "), Part("shop#1", "https://git.example/a/shop/pull/1"), Part(", and slept.")),
        ),
        (
            "(https://example.org/a_(b)) HTTPS://example.org",
            (
                Part("("),
                Part("example.org/a_(b)", "https://example.org/a_(b)"),
                Part(") "),
                Part("example.org", "HTTPS://example.org"),
            ),
        ),
        ("See https:// or https://[::1", (Part("See https:// or https://[::1"),)),
        ("javascript:alert(1) data:text/html,x", (Part("javascript:alert(1) data:text/html,x"),)),
    ],
)
def test_a_line_is_cut_at_its_addresses(line, parts):
    assert parts_of(line) == parts


@given(st.text(alphabet='ab /:.)(]<>"@?#[\u202e1https', max_size=60))
def test_no_character_is_lost_and_only_the_web_is_linked(line):
    """IN-10: what stands in the parts is the line again."""
    parts = parts_of(line)
    assert "".join(part.url or part.text for part in parts) == line
    assert all(part.url.casefold().startswith(("http://", "https://")) for part in parts if part.url)
