"""Facts of a kind that nobody has read yet, read by several threads at once."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]
KINDS = 150
PROGRAM = f'''
import sys
from dataclasses import make_dataclass, replace
from threading import Barrier, Thread

from shared import codec
from shared.facts.base import Fact, fact
from tests.shared.facts.specimen import frame_of

sys.setswitchinterval(1e-6)
heard = []


def kind(number):
    """A fact with a list of another dataclass in it, as nobody has read one yet."""
    frozen = {{"frozen": True, "slots": True, "namespace": {{"__module__": "__main__"}}}}
    item = make_dataclass(f"Item{{number}}", [(f"f{{n}}", "int") for n in range(8)], **frozen)
    globals()[item.__name__] = item
    fields = [("items", f"tuple[{{item.__name__}}, ...]"), *[(f"f{{n}}", "str") for n in range(8)]]
    return fact(f"Kind{{number}}")(
        make_dataclass(f"Kind{{number}}", fields, bases=(Fact,), **frozen)
    )


for number in range({KINDS}):
    cls = kind(number)
    data = {{"items": [{{f"f{{n}}": n for n in range(8)}}]}} | {{f"f{{n}}": "x" for n in range(8)}}
    envelope = replace(frame_of(cls), fact=cls.name, v=1, data=data)
    start = Barrier(4)

    def read():
        start.wait()
        heard.append(codec.read(envelope, None, 0).fact.items[0].f3)

    threads = [Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
print(len(heard), *set(heard))
'''


def test_threads_that_meet_a_kind_of_fact_together_all_read_it() -> None:
    """None dies and none reads it wrong, whoever looks into its class first."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert (0, f"{4 * KINDS} 3\n") == (ran.returncode, ran.stdout), ran.stderr
