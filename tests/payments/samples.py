"""Pasts of entitlements, rosters and batches for the deciders' tests."""

from dataclasses import replace
from datetime import date
from typing import Any

from services.payments import commands as c
from services.payments.domain.lines import Line, Payable, batch_digest, reference_of, sums_of
from shared.envelope import About
from shared.facts.payments import (
    BatchMade,
    EntitlementEnded,
    EntitlementOpened,
    FundsReleased,
    FundsRequested,
    RosterApproved,
    RosterDrawn,
    RosterReturned,
    RosterSubmitted,
)
from tests.payments.world import PROGRAMME, T1, receiver

TODAY = date(2024, 3, 25)
MONTH = "2024-04"

OPEN = c.OpenEntitlement(
    "hh-1", PROGRAMME, "RURAL", "case-1", T1, "东湖村", ("p-1",), 2, 30_000, MONTH, receiver(1)
)
OPENED = EntitlementOpened(
    "hh-1", PROGRAMME, "RURAL", "case-1", T1, "东湖村", ("p-1",), 2, 30_000, MONTH, receiver(1)
)
END = c.EndEntitlement("hh-1", PROGRAMME, "case-1", "DECEASED", "2024-06")
ENDED = EntitlementEnded("hh-1", PROGRAMME, "DECEASED", "2024-06")


def about(household: str = "hh-1", township: str = T1) -> About:
    """Whom a line concerns."""
    return About(f"case-{household[3:]}", household, (f"p-{household[3:]}",), "东湖村", township)


def line(household: str = "hh-1", fen: int = 30_000, version: int = 1) -> Line:
    """A line of a roster."""
    return Line(household, about(household), "RURAL", 2, fen, version)


LINES = (line("hh-1"), line("hh-2", 45_050))
DRAW = c.DrawRoster(T1, PROGRAMME, MONTH)
SUBMIT = c.SubmitRoster(T1, PROGRAMME, MONTH)
RETURN = c.ReturnRoster(T1, PROGRAMME, MONTH, "人数有误")
APPROVE = c.ApproveRoster(T1, PROGRAMME, MONTH, 2, 75_050)
REQUEST = c.RequestFunds(T1, PROGRAMME, MONTH)
RELEASE = c.ReleaseFunds(T1, PROGRAMME, MONTH, 75_050)

DRAWN = RosterDrawn(T1, PROGRAMME, MONTH, 1, ("drawer",), TODAY, 2, 75_050, sums_of(LINES).digest)
SUBMITTED = RosterSubmitted(1, ("submitter",), TODAY)
RETURNED = RosterReturned(1, ("reviewer",), TODAY, "人数有误")
APPROVED = RosterApproved(1, ("reviewer",), TODAY, 2, 75_050, DRAWN.digest)
REQUESTED = FundsRequested(("requester",), TODAY, 75_050)
RELEASED = FundsReleased(("releaser",), TODAY, 75_050)
ROAD = (DRAWN, SUBMITTED, APPROVED, REQUESTED, RELEASED)

MAKE = c.MakeBatch(PROGRAMME, MONTH, "RURAL")
FIRST = reference_of(f"line/hh-1/{PROGRAMME}/{MONTH}", 1)
MADE = BatchMade(
    "batch-1", "RURAL", PROGRAMME, MONTH, ("maker",), TODAY, 1, 30_000,
    batch_digest([(FIRST, 30_000, 1)]),
)  # fmt: skip


def payable(**changes: Any) -> Payable:
    """A released line that waits for its first payment."""
    return replace(Payable("hh-1", about(), 30_000, 1, 0, None), **changes)
