"""Is a log what it was when it was signed? The door to verification."""

from shared.log.verification.anchors import Keys
from shared.log.verification.persons import PersonIndex
from shared.log.verification.report import Finding, Findings, Kind, Report, joined, unreadable
from shared.log.verification.rows import as_bytes, lenient_text
from shared.log.verification.triggers import check_triggers
from shared.log.verification.verify import NotNumbered, verify
from shared.log.verification.witnesses import Mirror

__all__ = [
    "Finding",
    "Findings",
    "Keys",
    "Kind",
    "Mirror",
    "NotNumbered",
    "PersonIndex",
    "Report",
    "as_bytes",
    "check_triggers",
    "joined",
    "lenient_text",
    "unreadable",
    "verify",
]
