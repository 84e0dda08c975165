"""Static files under names that change with their content, also where one module imports another."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_OURS = "js/*.js"  # what packages bring imports nothing, and speaks of imports in its comments
_SHEET = "css/okrsite.css"
_IMPORT = re.compile('@import "([^"]+)";')


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Immutable files; `import` in a script of ours finds the hashed name, and all sheets are one file."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (_OURS, CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )

    def post_process(self, paths: dict[str, tuple[Any, str]], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Each file's name, hashed name and whether it was written, as `collectstatic` asks for them."""
        if not dry_run and _SHEET in paths:
            self._join(paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _join(self, paths: dict[str, tuple[Any, str]]) -> None:
        """Put the sheets into the one that imports them: one request, and they compress better together."""

        def source(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return str(file.read().decode())

        joined = _IMPORT.sub(lambda found: source(f"css/{found[1]}"), source(_SHEET))
        self.delete(_SHEET)
        self._save(_SHEET, ContentFile(joined.encode()))
        paths[_SHEET] = (self, _SHEET)
