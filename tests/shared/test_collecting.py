"""Python's looking for circles of objects, as our processes have it."""

import subprocess
import sys

PROGRAM = """
import gc
from shared.collecting import collect_seldom, settle

collect_seldom()
kept = [object() for _ in range(10)]
circle = []
circle.append(circle)
del circle
settle()
before = gc.get_freeze_count()
fresh = []
fresh.append(fresh)
del fresh
print(gc.get_threshold()[0] > 700, before > 1_000, gc.collect())
"""


def test_what_is_loaded_stays_and_circles_made_later_are_still_found() -> None:
    """In a process of its own, for it holds for all of it."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    assert ["True", "True", "1"] == ran.stdout.split()
