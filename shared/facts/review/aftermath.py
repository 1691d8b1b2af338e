"""Facts of review: what follows a confirmation, and a procedure ended for want of cooperation."""

from dataclasses import dataclass
from datetime import date

from shared.facts.base import Fact, Rules, fact
from shared.facts.review.opinion import ShownName


@fact("review.certificate_issued")
@dataclass(frozen=True, slots=True)
class CertificateIssued(Fact):
    """The certificate (低保证) or the notice of confirmation (确认通知书), 57号 Art 21.

    `number` is the case's own, so that no two cases share one.
    """

    case: str
    kind: str
    number: str
    issued_by: tuple[str, ...]
    issued_on: date
    handed_to: str
    way: str


@fact("review.result_announced")
@dataclass(frozen=True, slots=True)
class ResultAnnounced(Fact):
    """Announced in the village (公布, 57号 Art 24): name, number of members, amount, no more."""

    case: str
    announcement: int
    place: str
    announced_by: tuple[str, ...]
    announced_on: date
    members_count: int
    allowance_fen: int
    personal: ShownName | None


@fact("review.announcement_taken_down")
@dataclass(frozen=True, slots=True)
class AnnouncementTakenDown(Fact):
    """It hangs no longer."""

    case: str
    announcement: int
    taken_down_by: tuple[str, ...]
    taken_down_on: date


@dataclass(frozen=True, slots=True)
class CardKeeper:
    """Who keeps the card; sealed."""

    name: str


@fact("review.card_keeping_filed")
@dataclass(frozen=True, slots=True)
class CardKeepingFiled(Fact):
    """Somebody of the township or the village committee keeps the family's bank card (57号 Art 26).

    Under a written agreement, whose SHA-256 (64 hex) stands here; this fact is the filing with the
    bureau.
    """

    case: str
    keeper_of: str
    agreement_sha256: str
    agreed_on: date
    filed_by: tuple[str, ...]
    filed_on: date
    personal: CardKeeper | None


@dataclass(frozen=True, slots=True)
class WhatWasSaid:
    """How the household refused, in the officer's words; sealed."""

    text: str


@fact("review.non_cooperation_recorded")
@dataclass(frozen=True, slots=True)
class NonCooperationRecorded(Fact):
    """Asked and refused without a good reason (57号 Art 29).

    `warned`: the household was told that the procedure may be ended for it.
    """

    case: str
    kind: str
    asked_on: date
    warned: bool
    recorded_by: tuple[str, ...]
    recorded_on: date
    personal: WhatWasSaid | None


@fact("review.procedure_terminated")
@dataclass(frozen=True, slots=True)
class ProcedureTerminated(Fact):
    """Ended for want of cooperation (程序终止, 57号 Art 29): no judgement of the household's means.

    `reasons` are the kinds of what was refused; told in writing by `notice_due_on`, as a refusal
    is (57号 Art 21).
    """

    case: str
    terminated_by: tuple[str, ...]
    terminated_on: date
    reasons: tuple[str, ...]
    asked_count: int
    notice_due_on: date | None
    rules: Rules
