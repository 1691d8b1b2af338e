"""Review's tables and the queries on them."""

from services.review.read_models.cases import CaseLine, case_status, worklist
from services.review.read_models.tables import METADATA, READ_MODELS
from services.review.read_models.tasks import (
    Place,
    Reach,
    TaskLine,
    counted,
    open_tasks,
    passed,
    task_on_record,
    waiting,
)

__all__ = [
    "METADATA",
    "READ_MODELS",
    "CaseLine",
    "Place",
    "Reach",
    "TaskLine",
    "case_status",
    "counted",
    "open_tasks",
    "passed",
    "task_on_record",
    "waiting",
    "worklist",
]
