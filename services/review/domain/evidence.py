"""What is asked of files that bear out a step."""

from collections.abc import Sequence
from datetime import date

from services.review.refusals import EvidenceDayWrong, EvidenceTwice
from shared.facts.evidence import EvidenceFile


def require_files(files: Sequence[EvidenceFile], today: date) -> None:
    """Each once, none of a day that lies ahead."""
    if len({file.sha256 for file in files}) < len(files):
        raise EvidenceTwice("同一份照片或材料重复提交（摘要相同）。")
    if any(file.taken_on > today for file in files):
        raise EvidenceDayWrong("照片或材料的日期不能晚于今天。")
