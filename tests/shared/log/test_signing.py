"""What a signature line holds, and that nothing in it can be changed."""

from base64 import b64decode, b64encode
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from shared.log.note import Algorithm, Note, NoteError, Signer, Verifier, key_id
from tests.shared.log.samples import (
    AT,
    CHECKPOINT,
    LOG,
    NOTE,
    PUBLIC_LOG_KEY,
    WITNESS,
    signer_named,
    untimed,
)


def test_a_signature_line_holds_key_id_time_and_signature() -> None:
    """4 + 64 bytes for the log; 4 + 8 (seconds, big-endian) + 64 for the witness."""
    log, witness = (b64decode(line.split(" ")[2]) for line in NOTE.lines)
    assert (len(log), len(witness)) == (68, 76)
    assert LOG.verifier.key_id(Algorithm.LOG) == log[:4]
    assert WITNESS.verifier.key_id(Algorithm.COSIGNATURE) == witness[:4]
    assert int.from_bytes(witness[4:12], "big") == AT


def with_payload(line: str, payload: bytes) -> str:
    return f"{line.rpartition(' ')[0]} {b64encode(payload).decode()}"


@pytest.mark.parametrize("at", [0, AT - 1, AT + 86_400, 2**63, 2**64 - 1])
def test_a_cosignature_with_its_time_changed_is_refused(at: int) -> None:
    """The witness's time is under its signature."""
    line = NOTE.lines[1]
    payload = b64decode(line.split(" ")[2])
    moved = with_payload(line, payload[:4] + at.to_bytes(8, "big") + payload[12:])
    assert Note(CHECKPOINT, (moved,)).cosigned_at(WITNESS.verifier) is None


@untimed
@given(st.integers(0, 1), st.integers(0, 75), st.integers(1, 255))
def test_a_signature_with_any_byte_changed_is_refused(which: int, place: int, mask: int) -> None:
    """Key id, time or signature: each bit counts."""
    line = NOTE.lines[which]
    payload = bytearray(b64decode(line.split(" ")[2]))
    payload[place % len(payload)] ^= mask
    note = Note(CHECKPOINT, (with_payload(line, bytes(payload)),))
    assert not note.signed_by(LOG.verifier)
    assert note.cosigned_at(WITNESS.verifier) is None


@pytest.mark.parametrize("length", [5, 11, 12, 67, 69, 75, 77])
def test_a_signature_of_another_length_is_refused(length: int) -> None:
    """A line under a known key id that is cut or stretched doesn't hold and doesn't break."""
    lines = [
        with_payload(line, b64decode(line.split(" ")[2]).ljust(length, b"\0")[:length])
        for line in NOTE.lines
    ]
    note = Note(CHECKPOINT, tuple(lines))
    assert not note.signed_by(LOG.verifier)
    assert note.cosigned_at(WITNESS.verifier) is None


@pytest.mark.parametrize("at", [-1, 2**63])
def test_a_time_outside_the_format_is_not_signed(at: int) -> None:
    """Seconds since 1970 within 63 bits."""
    with pytest.raises(ValueError, match="no Unix second"):
        WITNESS.cosign(CHECKPOINT, at)


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_a_published_key_is_read_back_for_its_algorithm_alone(algorithm: Algorithm) -> None:
    """A key published for cosigning doesn't speak as the log, nor the other way round."""
    published = LOG.verifier.vkey(algorithm)
    verifier = Verifier.parse(published)
    assert replace(LOG.verifier, only=algorithm) == verifier
    assert published == verifier.vkey(algorithm)
    note = Note(CHECKPOINT, (LOG.sign(CHECKPOINT), LOG.cosign(CHECKPOINT, AT)))
    assert (algorithm is Algorithm.LOG) == note.signed_by(verifier)
    assert (AT if algorithm is Algorithm.COSIGNATURE else None) == note.cosigned_at(verifier)


def test_a_time_outside_the_format_is_not_believed_even_when_signed() -> None:
    """A witness whose software writes 64-bit times has not cosigned."""
    at = 2**63
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    witness = Signer("410000/witness", key)
    signature = key.sign(f"cosignature/v1\ntime {at}\n{CHECKPOINT.text()}".encode())
    payload = witness.verifier.key_id(Algorithm.COSIGNATURE) + at.to_bytes(8, "big") + signature
    line = with_payload(witness.cosign(CHECKPOINT, AT), payload)
    assert witness.verifier.cosigns(CHECKPOINT, line) is None


def vkey_of(name: str, algorithm: int, key: bytes) -> str:
    encoded = b64encode(bytes([algorithm]) + key).decode()
    return f"{name}+{key_id(name, algorithm, key).hex()}+{encoded}"


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "a+b",
        PUBLIC_LOG_KEY.replace("ba2f06c0", "ba2f06c1"),
        PUBLIC_LOG_KEY.replace("ba2f06c0", "BA2F06C0"),
        PUBLIC_LOG_KEY.replace("arche2025h1", "arche2025h2"),
        PUBLIC_LOG_KEY + "=",
        PUBLIC_LOG_KEY + "\n",
        vkey_of("a b", 1, bytes(32)),
        vkey_of("a", 1, bytes(31)),
        vkey_of("a", 1, b""),
        vkey_of("a", 6, bytes(1312)),
    ],
)
def test_a_verifier_key_in_any_other_form_is_refused(vkey: str) -> None:
    """A key id that isn't the key's, a length or an algorithm not known here."""
    with pytest.raises(NoteError):
        Verifier.parse(vkey)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb"])
def test_no_one_signs_under_a_name_that_can_not_be_written(name: str) -> None:
    """The name has to fit the line."""
    with pytest.raises(NoteError):
        signer_named(name)
