"""A pytest plugin, and a hook for any interpreter: as if the broker's packages weren't installed.

Importing this module sets the hook; only processes of their own do so.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

ABSENT = ("nameko", "eventlet", "kombu", "amqp")


class Absence(MetaPathFinder):
    """Finds them missing, before anybody else finds them."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None


sys.meta_path.insert(0, Absence())
