"""One exact text for each checkpoint, and no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.log.note import Checkpoint, NoteError
from tests.shared.log.samples import CHECKPOINT, ROOT, untimed


def test_the_text_of_a_checkpoint_is_exactly_three_lines() -> None:
    """Origin, size, root in base64: the form of the C2SP example, byte for byte."""
    expected = "411603/review\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    assert expected == CHECKPOINT.text()


@untimed
@given(st.integers(0, 10**18), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_is_read_back_as_written(size: int, root: bytes) -> None:
    """Text and back, for all sizes and roots."""
    checkpoint = Checkpoint("411603102/intake", size, root)
    assert checkpoint == Checkpoint.parse(checkpoint.text())


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ("20852163", "020852163"),
        ("20852163", "-1"),
        ("20852163", "+1"),
        ("20852163", ""),
        ("20852163", "1_0"),
        ("20852163", "１０"),
        ("20852163", "9" * 5000),
        ("411603/review", ""),
        ("411603/review", "a b"),
        ("411603/review", "a+b"),
        ("411603/review", "a\rb"),
        ("411603/review", "\ud800"),
        ("411603/review", "a" * 256),
        ("q2I=\n", "q2J=\n"),
        ("q2I=\n", "q2I\n"),
        ("q2I=\n", "\n"),
        ("q2I=\n", "应保\n"),
        ("q2I=\n", "q2I="),
        ("q2I=\n", "q2I=\r\n"),
        ("q2I=\n", "q2I=\nextension\n"),
        ("q2I=\n", "q2I=\n\n"),
        ("411603/review\n", "\n411603/review\n"),
    ],
)
def test_a_checkpoint_in_any_other_form_is_refused(part: str, instead: str) -> None:
    """One text for each checkpoint, so that no two notes say the same in different bytes."""
    text = CHECKPOINT.text()
    assert part in text
    with pytest.raises(NoteError):
        Checkpoint.parse(text.replace(part, instead))


@pytest.mark.parametrize(
    ("origin", "size", "root"),
    [
        ("", 1, ROOT),
        ("a\nb", 1, ROOT),
        ("a", -1, ROOT),
        ("a", 1, ROOT[:-1]),
        ("a", 1, ROOT + b"\0"),
    ],
)
def test_an_impossible_checkpoint_can_not_be_made(origin: str, size: int, root: bytes) -> None:
    """What couldn't be read back isn't signed either."""
    with pytest.raises(NoteError):
        Checkpoint(origin, size, root)
