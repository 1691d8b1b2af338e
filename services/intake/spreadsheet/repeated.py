"""Nobody twice: people, whole households and families torn apart within one file."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from services.intake.spreadsheet.columns import Column
from services.intake.spreadsheet.grouping import mark_of_family
from services.intake.spreadsheet.households import Built
from services.intake.spreadsheet.model import content_key
from services.intake.spreadsheet.person import PersonReader
from services.intake.spreadsheet.problems import Fix
from services.intake.spreadsheet.wording import HEAD

_NAMED_MAX: Final = 5  # of the other rows; the sentence must stay readable


def note_repeated(families: Sequence[Built], reader: PersonReader) -> None:
    """Add the problems of the whole file to the families that they concern."""
    _note_torn(families, reader)
    repeats = _note_whole(families, reader)
    _note_people([built for built in families if id(built) not in repeats], reader)


def _note_torn(families: Sequence[Built], reader: PersonReader) -> None:
    """A family without a head whose head stands elsewhere: neither part may go on alone."""
    by_head: defaultdict[str, list[Built]] = defaultdict(list)
    for built in families:
        by_head[mark_of_family(built.family)].append(built)
    for head, parts in by_head.items():
        torn = [built for built in parts if not _has_head(built)]
        if not head or not torn:
            continue
        for built in parts:
            others = [part.first_row for part in parts if part is not built]
            if others and _has_head(built):
                fix = Fix(
                    "HOUSEHOLD_SPLIT",
                    f"同一户主的人还出现在{_rows(others)}，请把同一户的人放在相连的行。",
                )
                built.problems.append(reader.problem(built.first_row, Column.HEAD, fix))


def _has_head(built: Built) -> bool:
    return any(person.relation == HEAD for person in built.family)


def _note_whole(families: Sequence[Built], reader: PersonReader) -> set[int]:
    """The same household again, word for word: the first stands. Returns the repeats' id()s."""
    first_rows: dict[str, int] = {}
    repeats: set[int] = set()
    for built in families:
        if built.household is None or built.problems:
            continue
        key = content_key(built.household)
        first_row = first_rows.setdefault(key, built.first_row)
        if first_row != built.first_row:
            repeats.add(id(built))
            fix = Fix(
                "HOUSEHOLD_REPEATED",
                f"这一户与第{first_row}行起的一户完全相同，只导入前一户，请删去重复的行。",
            )
            built.problems.append(reader.problem(built.first_row, None, fix))
    return repeats


def _note_people(families: Sequence[Built], reader: PersonReader) -> None:
    """One ID number on several rows: each row names the others, and none is taken."""
    seen: defaultdict[str, list[tuple[Built, int]]] = defaultdict(list)
    for built in families:
        for person in built.family:
            if person.identity:
                seen[person.identity.number].append((built, person.row))
    for places in seen.values():
        for built, row in places if len(places) > 1 else ():
            others = [other for _, other in places if other != row][:_NAMED_MAX]
            fix = Fix("ID_REPEATED", f"身份证号码与{_rows(others)}相同，一人只能出现一次，请核对。")
            built.problems.append(reader.problem(row, Column.RESIDENT_ID, fix))


def _rows(numbers: Sequence[int]) -> str:
    return f"第{'、'.join(map(str, numbers[:_NAMED_MAX]))}行"
