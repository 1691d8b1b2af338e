"""How often Python looks for objects that only hold each other."""

import gc

_YOUNG_MAX = 20_000  # objects; the default of 700 is reached by every few facts of a page
_OLDER = 20


def collect_seldom() -> None:
    """For a process that handles facts by the thousand: they hold each other in no circles.

    With the defaults a third of the time in which a page was followed went into looking for such.
    """
    gc.set_threshold(_YOUNG_MAX, _OLDER, _OLDER)


def settle() -> None:
    """Once a long-lived process has loaded what it needs: that isn't looked through again."""
    gc.collect()
    gc.freeze()
