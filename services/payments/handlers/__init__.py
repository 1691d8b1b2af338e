"""COMMANDS: payments' table of competence. Who may, how far, by which article, decided by what."""

from typing import Any

from services.payments import commands as c
from services.payments import schemas as s
from services.payments.domain.batch import BATCH, batch_id
from services.payments.domain.entitlement import ENTITLEMENT
from services.payments.domain.lines import entitlement_stream, roster_stream
from services.payments.domain.roster import ROSTER
from services.payments.handlers import gathering as g
from shared.competence import Competence, Role, Scope
from shared.context import Context

CASE_OFFICER = frozenset({Role.CASE_OFFICER})
TOWNSHIP = frozenset({Role.TOWNSHIP_HEAD, Role.CASE_OFFICER})
BUREAU = frozenset({Role.CIVIL_AFFAIRS})
FINANCE = frozenset({Role.FINANCE})
BANK = frozenset({Role.BANK_DESK})
BY_ITSELF = frozenset({Role.SYSTEM})
RESULT_MAX = 16 * 1024 * 1024


def entitlement(command: Any, _context: Context) -> str:
    """The household's entitlement."""
    return entitlement_stream(command.household, command.programme)


def roster(command: Any, _context: Context) -> str:
    """The township's roster of the month."""
    return roster_stream(command.township, command.programme, command.month)


def new_batch(_command: Any, context: Context) -> str:
    """A new batch's stream."""
    return f"batch/{batch_id(context)}"


def its_batch(command: Any, _context: Context) -> str:
    """The stream of the batch that the command names."""
    return f"batch/{command.batch}"


COMMANDS = (
    Competence(c.OpenEntitlement, None, BY_ITSELF, Scope.DISTRICT,
               "57号 Art 21", ENTITLEMENT, entitlement),
    Competence(c.EndEntitlement, None, BY_ITSELF, Scope.DISTRICT,
               "57号 Art 31, 32", ENTITLEMENT, entitlement),
    Competence(c.CorrectPayee, s.CorrectPayeeSchema, CASE_OFFICER, Scope.OWN_TOWNSHIP,
               "57号 Art 25", ENTITLEMENT, entitlement, gather=g.known_bank),
    Competence(c.DrawRoster, s.DrawRosterSchema, CASE_OFFICER, Scope.OWN_TOWNSHIP,
               "PLAN 四; 57号 Art 21", ROSTER, roster, gather=g.who_is_due, retry=True),
    Competence(c.SubmitRoster, s.SubmitRosterSchema, TOWNSHIP, Scope.OWN_TOWNSHIP,
               "PLAN 四", ROSTER, roster),
    Competence(c.ReturnRoster, s.ReturnRosterSchema, BUREAU, Scope.DISTRICT,
               "PLAN 四", ROSTER, roster),
    Competence(c.ApproveRoster, s.ApproveRosterSchema, BUREAU, Scope.DISTRICT,
               "PLAN 四", ROSTER, roster, gather=g.stored),
    Competence(c.RequestFunds, s.RequestFundsSchema, BUREAU, Scope.DISTRICT,
               "PLAN 四", ROSTER, roster),
    Competence(c.ReleaseFunds, s.ReleaseFundsSchema, FINANCE, Scope.DISTRICT,
               "PLAN 四", ROSTER, roster),
    Competence(c.MakeBatch, s.MakeBatchSchema, FINANCE, Scope.DISTRICT,
               "PLAN 四; 57号 Art 25", BATCH, new_batch, gather=g.to_pay, details=g.batch_details,
               retry=True),
    Competence(c.RecordBankFile, s.RecordBankFileSchema, FINANCE, Scope.DISTRICT,
               "57号 Art 25", BATCH, its_batch, gather=g.its_format),
    Competence(c.TakeBankResult, s.TakeBankResultSchema, BANK, Scope.DISTRICT,
               "57号 Art 25", BATCH, its_batch, gather=g.result_file, details=g.result_details,
               retry=True, payload_max=RESULT_MAX),
)  # fmt: skip
