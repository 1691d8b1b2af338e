"""A play on servers outlasts their trouble: it begins again, and every command finds its answer."""

import time
from collections.abc import Callable
from typing import TypeVar

from rich.console import Console

from shared.trouble import is_trouble

T = TypeVar("T")
PAUSES_SECONDS = (
    1,
    2,
    4,
    8,
    15,
    30,
    30,
    30,
)  # a server restarts within two minutes, or somebody looks


def enduring(
    play: Callable[[], T], console: Console, wait: Callable[[float], None] = time.sleep
) -> T:
    """The play's result; after the last pause it raises what the database raises."""
    for pause in PAUSES_SECONDS:
        try:
            return play()
        except Exception as error:
            if not is_trouble(error):
                raise
            console.print(f"数据库暂时无法使用（{type(error).__name__}），{pause} 秒后接着演示。")
            wait(pause)
    return play()
