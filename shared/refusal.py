"""A refusal is an answer, not an accident: a code for programs, a sentence for officers.

Trouble (a lost connection, a bug) is any other exception; it is retried or stands still.
"""

from typing import ClassVar


class Refusal(Exception):
    """Why a command or a file is not taken; the state stays as it was.

    `code` is UPPER_SNAKE and never changes once published; `sentence` is Chinese, for the officer.
    """

    code: ClassVar[str] = "REFUSED"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return f"{self.sentence}（{self.code}）"


class Denied(Refusal):
    """The officer may not do this, whatever the case says (who may, in what scope)."""

    code = "DENIED"
