"""Which fact has served which task, and whether in time: who answers for a step of a case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from services.review.domain.task_changes import changes_of
from services.review.domain.tasks import Done, Task, Tasks, after
from shared.facts.base import Fact

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Course(Generic[Key]):
    """The tasks that each fact did, by the fact's key, and those that nobody has done yet."""

    served: Mapping[Key, tuple[Task, ...]]
    left: tuple[Task, ...]


def course_of(facts: Iterable[tuple[Key, Fact]]) -> Course[Key]:
    """Of one case's facts in their order. What an ending made needless was served by nobody."""
    tasks: Tasks = {}
    served: dict[Key, tuple[Task, ...]] = {}
    for key, fact in facts:
        changes = changes_of(fact)
        done = [c for c in changes if isinstance(c, Done)]
        ended = after(tasks, done)
        found = tuple(ended[one] for one in sorted(tasks) if ended[one] != tasks[one])
        if found:
            served[key] = found
        tasks = after(tasks, changes)
    return Course(served, tuple(task for task in tasks.values() if task.done_on is None))
