"""The whole accountability record: what every log of the site said, kept here a second time.

`keep` stores followed facts, `compare_checkpoint` holds the copy against what a source signed,
`mirror_pages` hands the copy to whoever looks for tampering, `timeline` shows it to a reader.
"""

from services.reporting.mirror.comparing import Comparison, compare_checkpoint
from services.reporting.mirror.keeping import copied, keep, mirror_pages
from services.reporting.mirror.timeline import Entry, timeline

__all__ = [
    "Comparison",
    "Entry",
    "compare_checkpoint",
    "copied",
    "keep",
    "mirror_pages",
    "timeline",
]
