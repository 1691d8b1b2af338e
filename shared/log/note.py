"""A signed checkpoint, in a text that strangers can check without us (C2SP signed-note).

Any witness of that family can read ours. This is also the door to its parts: the checkpoint's
text, the keys that sign it, the error of a malformed one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

from shared.log.checkpoint_text import Checkpoint, NoteError
from shared.log.signing import Algorithm, Signer, Verifier, key_id, read_line

__all__ = ["Algorithm", "Checkpoint", "Note", "NoteError", "Signer", "Verifier", "key_id"]

SIGNATURES_MAX: Final = 64
NOTE_CHARS_MAX: Final = 512 * 1024
"""Room for 64 signatures of the post-quantum kind."""


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint and its signature lines, of keys known here or not. Raises NoteError."""

    checkpoint: Checkpoint
    lines: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.lines) <= SIGNATURES_MAX:
            raise NoteError(f"a note has 1 to {SIGNATURES_MAX} signatures, not {len(self.lines)}")
        for line in self.lines:
            read_line(line)

    def encode(self) -> str:
        """The whole note, to be stored or handed out in UTF-8."""
        return self.checkpoint.text() + "\n" + "".join(f"{line}\n" for line in self.lines)

    @classmethod
    def parse(cls, note: str) -> Self:
        """The note of exactly this text, nothing checked yet. Raises NoteError."""
        if len(note) > NOTE_CHARS_MAX:
            raise NoteError(f"a note of {len(note)} characters; at most {NOTE_CHARS_MAX}")
        text, blank, signatures = note.rpartition("\n\n")
        if not blank or not signatures.endswith("\n"):
            raise NoteError("a note is a text, an empty line and signature lines")
        return cls(Checkpoint.parse(text + "\n"), tuple(signatures[:-1].split("\n")))

    def signed_by(self, verifier: Verifier) -> bool:
        """Whether the key signed as the log: it has a line here, and none of its lines is false."""
        lines = list(self._lines_of(verifier, Algorithm.LOG))
        return bool(lines) and all(verifier.signs(self.checkpoint, line) for line in lines)

    def cosigned_at(self, verifier: Verifier) -> int | None:
        """The Unix second at which the key cosigned (the earliest of several: it was seen by then).

        None when it has no line here or one of its lines is false.
        """
        lines = list(self._lines_of(verifier, Algorithm.COSIGNATURE))
        times = [verifier.cosigns(self.checkpoint, line) for line in lines]
        known = [at for at in times if at is not None]
        return min(known) if known and len(known) == len(lines) else None

    def _lines_of(self, verifier: Verifier, algorithm: Algorithm) -> Iterator[str]:
        return (line for line in self.lines if verifier.payload(line, algorithm) is not None)
