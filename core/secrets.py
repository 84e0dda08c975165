"""The site's own key: signs sessions and links, seals mail that waits in the outbox.

An embedded okrsite makes its key on the first start and keeps it beside its database.
"""

import base64
import hashlib
import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken


class SealBroken(ValueError):
    """A sealed text was made with another key, or was changed."""


def own_folder(folder: Path) -> None:
    """See that `folder` is there. What of its path has to be made is for its owner alone; the rest stays as it is."""
    for part in reversed([folder, *folder.parents]):
        if not part.exists():
            part.mkdir(mode=0o700, exist_ok=True)


def site_key(folder: Path) -> str:
    """The key kept in `folder`, made on first use; readable by its owner alone.

    Of several processes that start at once one makes it, and all read that one. It is there whole or not at all.
    """
    path = folder / "secret-key"
    if not path.exists():
        own_folder(folder)
        _put_once(path, secrets.token_urlsafe(48))
    return path.read_text().strip()


def _put_once(path: Path, text: str) -> None:
    """Write `text` to `path`, with mode 600, unless somebody has put it there meanwhile."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}-") as draft:
        draft.write(text)
        draft.flush()
        os.fsync(draft.fileno())
        with suppress(FileExistsError):
            os.link(draft.name, path)  # a rename would take the key away from whoever has read it


def new_secret() -> str:
    """A secret for a link: 256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """What the database keeps of a link's secret: SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def fingerprint(text: str, *, key: str) -> str:
    """By which `text` is known again, and cannot be guessed without the site's `key`; 64 hexadecimal digits."""
    return hmac.new(b"okrsite.fingerprint" + key.encode(), text.encode(), hashlib.sha256).hexdigest()


def seal(text: str, *, key: str) -> str:
    """`text`, readable only with the site's `key` again."""
    return _box(key).encrypt(text.encode()).decode()


def unseal(sealed: str, *, key: str) -> str:
    """The text that `seal` closed. Raises SealBroken."""
    try:
        return _box(key).decrypt(sealed.encode()).decode()
    except InvalidToken as problem:
        raise SealBroken from problem


def _box(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"okrsite.seal" + key.encode()).digest()))
