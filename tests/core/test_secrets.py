"""The site's key: made once, kept to its owner, and needed to read what it sealed."""

import os
import re
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import core.secrets
from core.secrets import SealBroken, hash_secret, new_secret, seal, site_key, unseal

KEY, OTHER_KEY = "one key of this site, long enough", "another key of another site, as long"


def test_the_sites_key_is_made_once_and_kept(tmp_path):
    folder = tmp_path / "var"
    key = site_key(folder)
    assert len(key) >= 64
    assert site_key(folder) == key
    assert site_key(tmp_path / "elsewhere") != key


def test_the_sites_key_is_readable_by_its_owner_alone(tmp_path):
    site_key(tmp_path)
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_all_who_start_at_once_have_one_key(tmp_path):
    """Web processes, worker and beat of one okrsite."""
    starters = 8
    barrier = threading.Barrier(starters)

    def start(folder: Path) -> str:
        barrier.wait(10)
        return site_key(folder)

    with ThreadPoolExecutor(starters) as threads:
        for number in range(25):
            folder = tmp_path / f"{number}"
            keys = set(threads.map(start, [folder] * starters))
            assert (len(keys), len(keys.pop())) == (1, 64)
            assert [path.name for path in folder.iterdir()] == ["secret-key"]


def test_a_key_that_is_simply_written_is_another_for_whoever_starts_at_once(tmp_path, monkeypatch):
    """CC-15: the control. Both look before either writes, and each goes on with a key of its own."""
    first_looked, second_has_a_key = threading.Event(), threading.Event()

    def write(path: Path, text: str) -> None:
        if not first_looked.is_set():
            first_looked.set()
            assert second_has_a_key.wait(10)
        path.write_text(text)

    monkeypatch.setattr(core.secrets, "_put_once", write)
    with ThreadPoolExecutor(1) as thread:
        first = thread.submit(site_key, tmp_path)
        assert first_looked.wait(10)
        second = site_key(tmp_path)
        second_has_a_key.set()
        assert first.result(10) != second


@pytest.mark.parametrize("step", ["fsync", "link"])
def test_a_start_that_is_cut_off_leaves_no_half_a_key(tmp_path, monkeypatch, step):
    def cut_off(*words: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, step, cut_off)
        with pytest.raises(KeyboardInterrupt):
            site_key(tmp_path)
    assert [*tmp_path.iterdir()] == []
    assert len(site_key(tmp_path)) == 64


def test_a_key_that_was_put_there_is_used_without_its_newline(tmp_path):
    (tmp_path / "secret-key").write_text("a key from the operator's own vault\n")
    assert site_key(tmp_path) == "a key from the operator's own vault"


def test_secrets_of_links_are_long_safe_in_addresses_and_each_different():
    made = {new_secret() for _time in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", secret) for secret in made)


def test_the_database_keeps_a_hash_and_not_the_secret():
    """The vector is that of FIPS 180-2 for "abc"."""
    assert hash_secret("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hash_secret("abd") != hash_secret("abc")


@pytest.mark.parametrize("text", ["", "Words", "Zoë 👩‍🚀 said “no”\n", "x" * 100_000])
def test_what_is_sealed_comes_back_as_it_was(text):
    sealed = seal(text, key=KEY)
    assert not text or text not in sealed
    assert unseal(sealed, key=KEY) == text


def test_the_same_words_are_sealed_differently_each_time():
    assert seal("Words", key=KEY) != seal("Words", key=KEY)


@pytest.mark.parametrize(
    "broken",
    [
        lambda sealed: "",
        lambda sealed: "not sealed",
        lambda sealed: sealed[:-4],
        lambda sealed: sealed[:20] + ("A" if sealed[20] != "A" else "B") + sealed[21:],
    ],
    ids=["empty", "plain", "cut", "changed"],
)
def test_what_was_changed_does_not_open(broken):
    with pytest.raises(SealBroken):
        unseal(broken(seal("Words", key=KEY)), key=KEY)


def test_another_sites_key_does_not_open():
    with pytest.raises(SealBroken):
        unseal(seal("Words", key=KEY), key=OTHER_KEY)
