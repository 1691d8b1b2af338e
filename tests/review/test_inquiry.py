"""Neighbours asked and letters sent (57号 Art 16(2), (3))."""

from dataclasses import replace
from datetime import date

from services.review import commands as c
from services.review.domain.investigators import VisitorsOnRecord
from services.review.refusals import (
    EvidenceTwice,
    InvestigatorConfirms,
    LetterAlreadyAnswered,
    NoSuchLetter,
    RemoteNotAllowed,
    ReplyDayWrong,
    TooFewNeighbours,
    VisitAlone,
    VisitDayWrong,
    VisitorIsRelative,
)
from shared.facts.evidence import EvidenceFile, Said
from shared.facts.review import EvidenceReceived, EvidenceRequested, NeighboursConsulted
from tests.review.samples import CASE, CONFIRMED, OPEN, READY, Step, act, taking

TWO = VisitorsOnRecord(frozenset({"o-1", "o-2", "h-1"}), frozenset(), frozenset())
INQUIRY = c.RecordNeighbourInquiry(
    CASE, ("o-1", "o-2"), date(2024, 3, 4), "IN_PERSON", 3, "SUPPORTS", "邻居均称属实"
)
LETTER = c.SendEvidenceLetter(
    CASE, "某镇信用社", ("BANK_DEPOSIT", "BANK_DEPOSIT"), date(2024, 3, 8)
)
SENT = act(LETTER, "2024-03-04")
PAPER = EvidenceFile("PAPER", "0a" * 32, 1_000, date(2024, 3, 6))
ANSWER = c.RecordLetterAnswer(CASE, 1, "UNCLEAR", "查无账户", (PAPER,))
ANSWERED = act(ANSWER, "2024-03-07")


def asked(inquiry: c.RecordNeighbourInquiry = INQUIRY, record: VisitorsOnRecord = TWO) -> Step:
    """Recorded on 2024-03-04 by o-1."""
    return act(inquiry, "2024-03-04", on_record=record)


def test_neighbours_are_asked_by_two_and_their_words_are_sealed() -> None:
    """57号 Art 16(2): in the village, how many, and what comes of it."""
    day = date(2024, 3, 4)
    taking((OPEN,), asked()).then(
        NeighboursConsulted(
            CASE, ("o-1", "o-2"), ("o-1",), day, "IN_PERSON", 3, "SUPPORTS", Said("邻居均称属实")
        )
    )


def test_an_inquiry_keeps_the_rules_of_a_visit() -> None:
    """Two, in days that can be, no relative, by telephone in an emergency alone."""
    close = replace(TWO, relatives=frozenset({"o-2"}))
    taking((OPEN,), asked(replace(INQUIRY, visitors=("o-1",)))).then_refused(VisitAlone)
    early = replace(INQUIRY, visited_on=date(2024, 2, 29))
    taking((OPEN,), asked(early)).then_refused(VisitDayWrong)
    taking((OPEN,), asked(record=close)).then_refused(VisitorIsRelative)
    taking((OPEN,), asked(replace(INQUIRY, way="VIDEO"))).then_refused(RemoteNotAllowed)


def test_one_neighbour_is_not_the_neighbours() -> None:
    """How many is the site's policy: the texts don't say."""
    taking((OPEN,), asked(replace(INQUIRY, asked_count=1))).then_refused(TooFewNeighbours)


def test_who_asked_the_neighbours_does_not_confirm() -> None:
    """They investigated."""
    by_head = act(replace(INQUIRY, visitors=("h-1", "o-2")), "2024-03-04", "h-1", on_record=TWO)
    taking((OPEN, by_head, *READY[1:]), CONFIRMED).then_refused(InvestigatorConfirms)


def test_a_letter_says_to_whom_about_what_and_until_when() -> None:
    """57号 Art 16(3); numbered within the case."""
    sent = EvidenceRequested(
        CASE, 1, ("o-1",), date(2024, 3, 4), "某镇信用社", ("BANK_DEPOSIT",), date(2024, 3, 8)
    )
    taking((OPEN,), SENT).then(sent)
    taking((OPEN, SENT), SENT).then(replace(sent, letter=2))
    late = replace(LETTER, reply_by=date(2024, 3, 3))
    taking((OPEN,), act(late, "2024-03-04")).then_refused(ReplyDayWrong)


def test_a_letter_is_answered_once() -> None:
    """With the papers that came; each letter by its number."""
    taking((OPEN, SENT), ANSWERED).then(
        EvidenceReceived(CASE, 1, ("o-1",), date(2024, 3, 7), "UNCLEAR", (PAPER,), Said("查无账户"))
    )
    taking((OPEN,), ANSWERED).then_refused(NoSuchLetter)
    taking((OPEN, SENT, ANSWERED), ANSWERED).then_refused(LetterAlreadyAnswered)
    second = act(replace(ANSWER, letter=2), "2024-03-07")
    assert taking((OPEN, SENT, SENT, ANSWERED), second).refusal is None
    twice = act(replace(ANSWER, files=(PAPER, PAPER)), "2024-03-07")
    taking((OPEN, SENT), twice).then_refused(EvidenceTwice)
