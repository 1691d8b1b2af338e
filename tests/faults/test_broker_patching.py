"""What a service process patches, and what it must leave as it is."""

import json
import subprocess
import sys

LOOK = """
import json, sys
import services.runtime.processes.house, shared.carrying.follower, shared.door, shared.service
before = sorted({"eventlet", "nameko"} & set(sys.modules))
from services.runtime.processes.patching import patch
patch()
import eventlet.patcher as patcher
import _thread, threading, select, socket, time, os, psycopg2, psycopg2.extensions
names = ("socket", "select", "time", "os", "thread", "psycopg")
print(json.dumps({
    "before": before,
    "patched": [name for name in names if patcher.is_monkey_patched(name)],
    "sockets": socket.socket.__module__,
    "thread": [threading.Thread.start.__module__, threading.Lock is _thread.allocate_lock,
               threading.current_thread.__module__, threading.get_ident is _thread.get_ident],
    "lock": type(threading.Lock()).__module__,
    "psycopg2": psycopg2.extensions.get_wait_callback() is None,
}))
"""


def test_sockets_are_patched_and_threads_locks_and_the_database_driver_are_not() -> None:
    """Nothing that blocks in a native thread may hold the hub up; nothing else knows eventlet."""
    said = subprocess.run(
        [sys.executable, "-c", LOOK], capture_output=True, encoding="utf-8", check=True
    )
    expected = {
        "before": [],
        "patched": ["socket", "select", "time", "os"],
        "sockets": "eventlet.greenio.base",
        "thread": ["threading", True, "threading", True],
        "lock": "_thread",
        "psycopg2": True,
    }
    assert expected == json.loads(said.stdout)
