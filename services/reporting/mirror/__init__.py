"""The whole accountability record: what every log of the site said, kept here a second time.

`keep` stores followed facts, `compare_checkpoint` holds the copy against what a source signed,
`CheckedCopy` is the copy for whoever looks for tampering, `timeline` shows it to a reader.
"""

from services.reporting.mirror.checking import CheckedCopy, check_strangers
from services.reporting.mirror.comparing import Comparison, compare_checkpoint
from services.reporting.mirror.keeping import APPEND_ONLY, CopyDamaged, copied, keep
from services.reporting.mirror.timeline import Entry, facts_of_case, timeline

__all__ = [
    "APPEND_ONLY",
    "CheckedCopy",
    "Comparison",
    "CopyDamaged",
    "Entry",
    "check_strangers",
    "compare_checkpoint",
    "copied",
    "facts_of_case",
    "keep",
    "timeline",
]
