"""Operational logging: structlog, JSON or console, to standard error; never personal data.

What is written here are names of events, logs, positions, codes and counts. The permanent record
is the log of facts, not this.
"""

import logging
import re
import sys

import structlog

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING,
          "error": logging.ERROR}  # fmt: skip


def configure(log_format: str = "console", level: str = "warning") -> None:
    """Set the process's logging up once."""
    render: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    libraries = logging.getLogger()
    libraries.handlers[:] = [_Libraries()]
    libraries.setLevel(max(LEVELS[level], logging.WARNING))


_VALUE = re.compile(r"%[-#0 +]*[0-9.]*[a-zA-Z]")


class _Libraries(logging.Handler):
    """What libraries log, in the same form. Their words' values could be personal and stay out:
    only the template of the message is kept, and of an error only its kind."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0] if record.exc_info else None
        structlog.get_logger(record.name).log(
            record.levelno, _VALUE.sub("…", str(record.msg)), error=kind.__name__ if kind else None
        )
