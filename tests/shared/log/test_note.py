"""Signed checkpoints: known keys alone are believed, garbage is refused by name."""

from base64 import b64encode
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.log.merkle import EMPTY_ROOT
from shared.log.note import Algorithm, Checkpoint, Note, NoteError, Verifier
from tests.shared.log.samples import (
    AT,
    CHECKPOINT,
    LOG,
    NOTE,
    PUBLIC_LOG_KEY,
    PUBLIC_NOTE,
    PUBLIC_WITNESS_KEY,
    WITNESS,
    signer_named,
    untimed,
)


def test_a_note_is_read_back_as_written() -> None:
    """The text, an empty line, a dash-name-base64 line for each signature."""
    encoded = NOTE.encode()
    assert Note.parse(encoded) == NOTE
    lines = encoded.splitlines()
    assert [line.rpartition(" ")[0] for line in lines[3:]] == [
        "",
        "— 411603/review",
        "— 410000/witness",
    ]


def test_the_log_has_signed_and_the_witness_cosigned() -> None:
    """Each key speaks for what it did, and for nothing else."""
    assert NOTE.signed_by(LOG.verifier)
    assert NOTE.cosigned_at(WITNESS.verifier) == AT
    assert not NOTE.signed_by(WITNESS.verifier)
    assert NOTE.cosigned_at(LOG.verifier) is None


def test_another_key_under_the_same_name_is_not_believed() -> None:
    """The name alone proves nothing."""
    impostor = signer_named("411603/review", seed=3)
    forged = Note(CHECKPOINT, (impostor.sign(CHECKPOINT), impostor.cosign(CHECKPOINT, AT)))
    assert not forged.signed_by(LOG.verifier)
    assert forged.cosigned_at(LOG.verifier) is None


@pytest.mark.parametrize(
    "changed",
    [
        replace(CHECKPOINT, size=20852162),
        replace(CHECKPOINT, root=EMPTY_ROOT),
        replace(CHECKPOINT, origin="411603/intake"),
    ],
)
def test_signatures_do_not_carry_over_to_another_checkpoint(changed: Checkpoint) -> None:
    """Size, root and origin are all under the signature."""
    moved = Note(changed, NOTE.lines)
    assert not moved.signed_by(LOG.verifier)
    assert moved.cosigned_at(WITNESS.verifier) is None


def test_a_key_id_under_another_name_is_someone_elses_line() -> None:
    """Four bytes collide easily: name and id together find the key, and others are ignored."""
    borrowed = LOG.verifier.key_id(Algorithm.LOG)
    stranger = f"— 411603/payments {b64encode(borrowed + bytes(64)).decode()}"
    note = Note(CHECKPOINT, (stranger, *NOTE.lines))
    assert note.signed_by(LOG.verifier)
    assert not Note(CHECKPOINT, (stranger,)).signed_by(LOG.verifier)


def test_a_false_line_under_a_known_key_spoils_that_keys_word() -> None:
    """A known key whose line doesn't hold is reason to distrust the note, not to look away."""
    false = LOG.sign(replace(CHECKPOINT, size=1)), WITNESS.cosign(replace(CHECKPOINT, size=1), AT)
    note = Note(CHECKPOINT, (*NOTE.lines, *false))
    assert not note.signed_by(LOG.verifier)
    assert note.cosigned_at(WITNESS.verifier) is None


def test_of_two_cosignatures_of_one_witness_the_earlier_counts() -> None:
    """The checkpoint existed by the first of them."""
    lines = [WITNESS.cosign(CHECKPOINT, at) for at in (AT + 60, AT, AT + 30)]
    assert Note(CHECKPOINT, tuple(lines)).cosigned_at(WITNESS.verifier) == AT


def test_lines_of_unknown_keys_and_algorithms_are_kept_and_ignored() -> None:
    """A later algorithm's line (here of 2.4 kB) passes through untouched."""
    later = f"— later.example/w1 {b64encode(bytes(2432)).decode()}"
    note = Note.parse(Note(CHECKPOINT, (later, *NOTE.lines)).encode())
    assert (later, *NOTE.lines) == note.lines
    assert note.signed_by(LOG.verifier)
    assert note.cosigned_at(WITNESS.verifier) == AT


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        "\n",
        "\n\n",
        "nonsense",
        CHECKPOINT.text(),
        CHECKPOINT.text() + "\n",
        NOTE.encode()[:-1],
        NOTE.encode() + "\n",
        NOTE.encode().replace("\n\n", "\n"),
        NOTE.encode().replace("\n\n", "\n\n\n"),
        NOTE.encode().replace("\n", "\r\n"),
        NOTE.encode().replace("— ", "- "),
        NOTE.encode().replace("— ", "—"),
        NOTE.encode().replace("— 411603/review ", "— 411603/re view "),
        NOTE.encode().replace("— 411603/review ", "— 411603/re+view "),
        NOTE.encode().replace("— 411603/review ", "— "),
        NOTE.encode() + "— a AAAA\n",
        NOTE.encode() + "— a !!!!\n",
        NOTE.encode() + "— a AAAAAAA\n",
        CHECKPOINT.text() + "\n" + f"{NOTE.lines[0]}\n" * 65,
        CHECKPOINT.text() + "\n" + f"— a {'A' * 600_000}\n",
    ],
)
def test_garbage_is_no_note(garbage: str) -> None:
    """Each malformed note is refused by name, before any signature is looked at."""
    with pytest.raises(NoteError):
        Note.parse(garbage)


@untimed
@given(st.text() | st.text().map(lambda tail: NOTE.encode() + tail))
def test_any_text_is_a_note_or_refused_by_name(text: str) -> None:
    """Nothing a stranger sends raises anything else, and what is taken is taken exactly."""
    try:
        note = Note.parse(text)
    except NoteError:
        return
    assert text == note.encode()


def test_a_public_log_s_note_and_its_witness_are_believed() -> None:
    """Made by others' software: text, key ids, both algorithms; a line of a third is ignored."""
    note = Note.parse(PUBLIC_NOTE)
    assert note.encode() == PUBLIC_NOTE
    assert note.signed_by(Verifier.parse(PUBLIC_LOG_KEY))
    assert note.cosigned_at(Verifier.parse(PUBLIC_WITNESS_KEY)) == 1_779_573_024
    smaller = Note(replace(note.checkpoint, size=42), note.lines)
    assert not smaller.signed_by(Verifier.parse(PUBLIC_LOG_KEY))
    assert smaller.cosigned_at(Verifier.parse(PUBLIC_WITNESS_KEY)) is None
