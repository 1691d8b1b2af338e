"""What a log holds stays readable: one golden sample for each fact and version."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from typing import Any

import pytest

from shared import codec
from shared.envelope import from_body, row_of, to_row
from shared.facts.base import REGISTRY, UPCASTS, Fact, UnknownFact, fact, upcast
from shared.sealing import DataKey
from tests.shared.facts.regenerate import main
from tests.shared.facts.specimen import (
    GOLDEN,
    KEY,
    body_of,
    frame_of,
    published,
    sample_of,
    specimen,
)

FACTS = published()
SAMPLES = sorted(GOLDEN.glob("*.json"))
SEALED = [name for name, cls in FACTS.items() if "personal" in {f.name for f in fields(cls)}]


def test_every_fact_and_version_has_its_sample_and_no_sample_is_left_over() -> None:
    """A new fact, or a new version of one, needs `python -m tests.shared.facts.regenerate`."""
    expected = {sample_of(name, v) for name, cls in FACTS.items() for v in range(1, cls.v + 1)}
    assert expected == set(SAMPLES)


@pytest.mark.parametrize("name", FACTS)
def test_a_sample_reads_as_the_fact_and_writes_as_the_same_bytes(name: str) -> None:
    """With the key, everything is there; encoding it again gives every byte."""
    cls = FACTS[name]
    body = sample_of(name, cls.v).read_bytes()
    recorded = codec.decode(body, KEY, position=7)
    assert (specimen(cls), 7) == (recorded.fact, recorded.position)
    assert replace(frame_of(recorded.fact), fact=name, v=cls.v) == replace(
        recorded.envelope, data={}, personal=None
    )
    assert body == body_of(recorded.fact)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_of_every_version_is_read_today(sample: Any) -> None:
    """Old ones through their upcasters; its columns and canonical form follow from the bytes."""
    body = sample.read_bytes()
    name, _, v = sample.stem.rpartition(".v")
    envelope = from_body(body)
    assert (name, int(v)) == (envelope.fact, envelope.v)
    assert FACTS[name] is type(codec.decode(body, KEY).fact)
    assert row_of(body) == to_row(envelope)


@pytest.mark.parametrize("key", [KEY, None], ids=["with its key", "without"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_what_is_folded_is_what_is_read(sample: Any, key: DataKey | None) -> None:
    """Loading a stream makes no envelopes, and comes to the same facts."""
    body = sample.read_bytes()
    core, whole = codec.core_of(body), codec.decode(body, key)
    assert whole.fact == codec.fact_of(core, key)
    assert (whole.envelope.version, codec.key_of(body) or "") == (core.version, core.key)


@pytest.mark.parametrize("name", SEALED)
def test_without_its_key_the_personal_part_reads_as_none(name: str) -> None:
    """The rest of the fact is as readable as ever; another household's key opens nothing."""
    body = sample_of(name, FACTS[name].v).read_bytes()
    expected = replace(specimen(FACTS[name]), personal=None)
    assert expected == codec.decode(body).fact
    assert expected == codec.decode(body, DataKey("hh-2", "another", bytes(32))).fact
    assert KEY.key == codec.key_of(body)
    assert list(json.loads(body)["personal"]) == ["household", "key", "sealed"]


@pytest.mark.parametrize("name", [name for name in FACTS if name not in SEALED])
def test_a_fact_without_personal_part_needs_no_key(name: str) -> None:
    """And says so."""
    assert codec.key_of(sample_of(name, FACTS[name].v).read_bytes()) is None


def test_a_personal_part_is_never_written_without_a_key() -> None:
    """Rather nothing than a name in the clear."""
    submitted = specimen(FACTS["intake.application_submitted"])
    with pytest.raises(ValueError, match="needs a household's key"):
        codec.encode(submitted, frame_of(submitted), None)


@pytest.mark.parametrize(
    "change", [{"fact": "intake.never_published"}, {"v": 99}, {"fact": ""}], ids=str
)
def test_a_fact_newer_than_the_program_is_unknown(change: dict[str, Any]) -> None:
    """It isn't guessed at."""
    envelope = from_body(sample_of("intake.application_withdrawn", 1).read_bytes())
    body = to_row(replace(envelope, **change)).body
    with pytest.raises(UnknownFact):
        codec.decode(body)


@dataclass(frozen=True, slots=True)
class Weighed(Fact):
    """Only here: version 3 of a fact that began with grams as text."""

    kilograms: int
    by: str


@contextmanager
def weighed(*steps: int) -> Iterator[None]:
    """Publish Weighed at version 3 with upcasters from these versions, and take it back."""
    changes = {
        1: lambda data: {"grams": int(data["grams"])},
        2: lambda data: {"kilograms": data["grams"] // 1000, "by": "unknown"},
    }
    fact("test.weighed", v=3)(Weighed)
    for step in steps:
        upcast("test.weighed", step)(changes[step])
    try:
        yield
    finally:
        del REGISTRY["test.weighed"]
        for step in steps:
            del UPCASTS["test.weighed", step]


@pytest.mark.parametrize(
    ("v", "data"),
    [(1, {"grams": "5000"}), (2, {"grams": 5000}), (3, {"kilograms": 5, "by": "unknown"})],
)
def test_an_old_version_is_read_through_all_its_upcasters(v: int, data: dict[str, Any]) -> None:
    """The stored bytes stay as they are; what is read is today's form."""
    envelope = replace(
        from_body(sample_of("intake.application_withdrawn", 1).read_bytes()),
        fact="test.weighed", v=v, data=data,
    )  # fmt: skip
    with weighed(1, 2):
        body = to_row(envelope).body
        assert Weighed(5, "unknown") == codec.decode(body).fact
        assert Weighed(5, "unknown") == codec.fact_of(codec.core_of(body), None)


def test_a_hole_in_the_chain_of_upcasters_is_noticed() -> None:
    """Version 1 can't be read as 3 when nothing leads from 2."""
    envelope = replace(
        from_body(sample_of("intake.application_withdrawn", 1).read_bytes()),
        fact="test.weighed", v=1, data={"grams": "5000"},
    )  # fmt: skip
    with weighed(1), pytest.raises(UnknownFact, match="nothing leads to version 3"):
        codec.decode(to_row(envelope).body)


def test_a_name_is_published_once() -> None:
    """Two facts of one name would read each other's bodies."""
    with pytest.raises(ValueError, match="published twice"):
        fact("intake.application_withdrawn")(Weighed)
    assert "Weighed" != REGISTRY["intake.application_withdrawn"].__name__


def test_a_fact_without_personal_part_seals_nothing_even_with_a_key() -> None:
    """`personal` is null in its body."""
    withdrawn = specimen(FACTS["intake.application_withdrawn"])
    assert from_body(body_of(withdrawn)).personal is None


def test_regenerating_overwrites_nothing_by_itself(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sample that no longer fits is named and kept, until it is asked for by name."""
    monkeypatch.setattr("tests.shared.facts.specimen.GOLDEN", tmp_path)
    assert 0 == main([])
    changed = tmp_path / "intake.supplement_requested.v1.json"
    changed.write_bytes(b"{}")
    assert 1 == main([])
    assert b"{}" == changed.read_bytes()
    assert "--change intake.supplement_requested" in capsys.readouterr().err
    assert 0 == main(["--change", "intake.supplement_requested"])
    assert b"{}" != changed.read_bytes()
    newest = {sample_of(name, cls.v).name for name, cls in FACTS.items()}
    assert newest == {p.name for p in tmp_path.iterdir()}
