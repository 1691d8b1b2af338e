"""One service in a process of its own: nameko's container, RPC and timers around its doors.

The only place of `services` that knows nameko, eventlet and kombu, and the only one that patches.
"""

from shared.settings import Settings


def run(name: str, settings: Settings) -> None:
    """Run one service until SIGTERM or SIGINT; raises what keeps it from starting."""
    from services.runtime.processes.patching import patch  # noqa: PLC0415 - before all that blocks

    patch()
    from services.runtime.processes.serving import serve  # noqa: PLC0415

    serve(name, settings)
