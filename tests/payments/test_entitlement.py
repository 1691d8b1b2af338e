"""Who may be paid: opened by review, ended by review, paid into an account of the household."""

from dataclasses import replace

import pytest

from services.payments import commands as c
from services.payments.domain.entitlement import ENTITLEMENT
from services.payments.refusals import HolderUnclear, NoEntitlement, PayeeNotMember
from shared.facts.base import Fact
from shared.facts.payments import PayeeCorrected, Receiver
from shared.facts.people import Payee
from shared.resident_id import CheckDigitWrong
from shared.testing.decisions import context, given
from tests.payments.samples import END, ENDED, OPEN, OPENED, TODAY
from tests.payments.world import PROGRAMME, id_number, receiver

AGAIN = replace(OPEN, case="case-2", from_month="2024-08", allowance_fen=20_000)
AGAIN_OPENED = replace(OPENED, case="case-2", from_month="2024-08", allowance_fen=20_000)
MEMBER = replace(OPENED, persons=("p-" + id_number(7)[-6:],))
ERASED = replace(MEMBER, personal=None)


def correct(account: c.NewAccount) -> c.CorrectPayee:
    return c.CorrectPayee("hh-1", PROGRAMME, "ACCOUNT_CLOSED", account)


def corrected(account: Payee, head_name: str = "户主1") -> PayeeCorrected:
    sealed = Receiver(head_name, account)
    return PayeeCorrected("hh-1", PROGRAMME, ("o-1",), TODAY, "ACCOUNT_CLOSED", sealed)


def test_a_confirmation_opens_an_entitlement() -> None:
    """Amount, month, head and account as review confirmed them."""
    given().when(ENTITLEMENT, OPEN, context()).then(OPENED)


@pytest.mark.parametrize("past", [(OPENED,), (OPENED, ENDED), (OPENED, ENDED, AGAIN_OPENED)])
def test_a_case_opens_once(past: tuple[Fact, ...]) -> None:
    """A confirmation that is heard again changes nothing, not even after the end."""
    given(*past).when(ENTITLEMENT, OPEN, context()).then()


@pytest.mark.parametrize("past", [(OPENED, ENDED), (OPENED,)])
def test_a_household_that_applied_anew_is_opened_again(past: tuple[Fact, ...]) -> None:
    """Another case's confirmation brings its own terms, after an end or in place of the first."""
    given(*past).when(ENTITLEMENT, AGAIN, context()).then(AGAIN_OPENED)


def test_a_termination_ends_the_entitlement() -> None:
    """From the month that review names."""
    given(OPENED).when(ENTITLEMENT, END, context()).then(ENDED)


@pytest.mark.parametrize("past", [(), (OPENED, ENDED), (OPENED, AGAIN_OPENED)])
def test_an_end_of_what_is_not_in_payment_changes_nothing(past: tuple[Fact, ...]) -> None:
    """Repeated, of a case that never opened, or of one that another has followed."""
    given(*past).when(ENTITLEMENT, END, context()).then()


@pytest.mark.parametrize("past", [(OPENED,), (OPENED, ENDED)])
def test_a_new_account_keeps_its_holder(past: tuple[Fact, ...]) -> None:
    """Bank and number change; name and ID stay, and so does the head. Also after the end, for what is still due."""
    command = correct(c.NewAccount("邮储银行淮阳支行", "990001"))
    expected = corrected(Payee("某户1", id_number(1), "邮储银行淮阳支行", "990001"))

    given(*past).when(ENTITLEMENT, command, context("2024-03-25")).then(expected)


def test_a_misspelt_name_is_corrected_alone() -> None:
    """The bank returned it for its name: the ID number stays."""
    command = correct(c.NewAccount("农商银行", "62", "某户一"))
    expected = corrected(Payee("某户一", id_number(1), "农商银行", "62"))

    given(OPENED).when(ENTITLEMENT, command, context("2024-03-25")).then(expected)


def test_another_member_may_be_paid() -> None:
    """Named in full, and of the household (57号 Art 25)."""
    command = correct(c.NewAccount("农商银行", "62", "某户七", id_number(7)))
    expected = corrected(Payee("某户七", id_number(7), "农商银行", "62"))

    given(MEMBER).when(ENTITLEMENT, command, context("2024-03-25")).then(expected)


def test_a_stranger_is_not_paid() -> None:
    """Someone who isn't of the household is refused."""
    command = correct(c.NewAccount("农商银行", "62", "某户八", id_number(8)))

    given(MEMBER).when(ENTITLEMENT, command, context()).then_refused(PayeeNotMember)


def test_a_wrong_id_number_is_refused() -> None:
    """Its check digit doesn't follow from the others."""
    wrong = id_number(7)[:-1] + ("0" if id_number(7)[-1] != "0" else "1")
    command = correct(c.NewAccount("农商银行", "62", "某户七", wrong))

    given(MEMBER).when(ENTITLEMENT, command, context()).then_refused(CheckDigitWrong)


@pytest.mark.parametrize(
    ("past", "account"),
    [
        (OPENED, c.NewAccount("农商银行", "62", None, id_number(7))),
        (replace(OPENED, personal=None), c.NewAccount("农商银行", "62")),
        (replace(OPENED, personal=None), c.NewAccount("农商银行", "62", "某户一")),
    ],
)
def test_a_holder_that_cant_be_told_is_refused(past: Fact, account: c.NewAccount) -> None:
    """A number without a name, or nothing on record to fill the gap."""
    given(past).when(ENTITLEMENT, correct(account), context()).then_refused(HolderUnclear)


def test_an_account_without_an_entitlement_is_refused() -> None:
    """Nobody gets in by the back door (57号 Art 28)."""
    command = correct(c.NewAccount("农商银行", "62"))

    given().when(ENTITLEMENT, command, context()).then_refused(NoEntitlement)


def test_the_newest_account_counts() -> None:
    """A correction builds on the one before."""
    newest = receiver(1, account="6222")
    state = ENTITLEMENT.fold((OPENED, corrected(newest.payee)))

    assert newest == getattr(state, "receiver", None)


@pytest.mark.parametrize(
    "past",
    [
        (ERASED,),
        (ERASED, replace(corrected(receiver(1).payee), personal=None)),
        (ERASED, corrected(receiver(7).payee, head_name="")),
    ],
)
def test_an_account_is_corrected_after_the_key_is_gone(past: tuple[Fact, ...]) -> None:
    """The holder is named in full again; the head's erased name doesn't come back."""
    command = correct(c.NewAccount("农商银行", "62", "某户七", id_number(7)))
    expected = corrected(Payee("某户七", id_number(7), "农商银行", "62"), head_name="")

    given(*past).when(ENTITLEMENT, command, context("2024-03-25")).then(expected)


def test_a_strange_fact_or_command_is_a_bug() -> None:
    """Neither is passed over in silence."""
    with pytest.raises(ValueError, match="can't follow"):
        ENTITLEMENT.fold((ENDED,))
    with pytest.raises(AssertionError):
        ENTITLEMENT.decide(ENTITLEMENT.initial, object(), context())
