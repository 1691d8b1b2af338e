"""Small records that several services' facts speak of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """A household member as the log names them: a pseudonym and the relation to the head."""

    person: str
    relation: str


@dataclass(frozen=True, slots=True)
class NamedMember:
    """The same member in the sealed part."""

    person: str
    name: str
    resident_id: str


@dataclass(frozen=True, slots=True)
class Payee:
    """Whose account receives the money (57号 Art 25); always sealed."""

    name: str
    resident_id: str
    bank: str
    account: str
