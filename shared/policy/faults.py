"""Everything that is wrong with policy files, told at once."""

from dataclasses import dataclass, field
from typing import Final

from shared.refusal import Refusal

TOLD_MAX: Final = 100  # of the faults of one text; who has corrected these asks again


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: a code for programs, the place, a Chinese sentence."""

    code: str
    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}：{self.sentence}（{self.code}）"


class PolicyRefused(Refusal):
    """Policy files that can't be used, with all their `faults`."""

    code = "BAD_POLICY"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        told = [str(fault) for fault in faults[:TOLD_MAX]]
        if len(faults) > TOLD_MAX:
            told.append(f"其余{len(faults) - TOLD_MAX}处未列出，请先改正以上各处。")
        lines = "\n".join(told)
        super().__init__(f"政策参数文件有{len(faults)}处错误：\n{lines}")
        self.faults = faults


@dataclass(slots=True)
class Faults:
    """The list that checking fills; nothing stops at the first."""

    found: list[Fault] = field(default_factory=list)

    def add(self, code: str, where: str, sentence: str) -> None:
        """Note one more."""
        self.found.append(Fault(code, where, sentence))

    def refuse_if_any(self) -> None:
        """Raises PolicyRefused with all that was found."""
        if self.found:
            raise PolicyRefused(tuple(self.found))
