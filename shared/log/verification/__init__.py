"""Is a log what it was when it was signed? The door to verification."""

from shared.log.verification.anchors import Keys
from shared.log.verification.report import Finding, Kind, Report
from shared.log.verification.verify import verify
from shared.log.verification.witnesses import Mirror

__all__ = ["Finding", "Keys", "Kind", "Mirror", "Report", "verify"]
