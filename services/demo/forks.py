"""The forks of the road as a table: the fact that shows each, its article, and who was meant to take it.

Counted are households (or refusals, one each): once, however often a step was repeated.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from services.demo.cast import Player
from services.demo.fate import Ground, Objection, Outcome
from services.demo.means import excludes
from services.demo.turn import AT_COUNTER, Turn
from shared.facts import intake, review
from shared.facts.base import Fact
from shared.facts.door import CommandRefused
from shared.facts.words import IncomeKind

EXCLUDED: Final = frozenset(f"EXCLUDED_{kind}" for kind in IncomeKind)
DELEGATE_COUNT: Final = 2  # who confirmed, and for whom


@dataclass(frozen=True, slots=True)
class Fork:
    """One row: `shown` by a fact like this; `meant` for these players."""

    code: str
    title: str
    article: str
    fact: type[Fact]
    meant: Callable[[Player], bool]
    shown: Callable[[Any], bool] = lambda _: True


def taking(*turns: Turn) -> Callable[[Player], bool]:
    """Players who take one of these turns."""
    return lambda player: player.fate.turn in turns


def ending(*outcomes: Outcome) -> Callable[[Player], bool]:
    """Players who end so."""
    return lambda player: player.fate.outcome in outcomes


def refusal(code: str, command: str) -> Callable[[CommandRefused], bool]:
    """This command was refused for that."""
    return lambda fact: fact.code == code and fact.command == command


def _for(player: Player) -> bool:
    return player.standing and player.fate.ground in (None, Ground.OBJECTION_UPHELD)


def _plainly_confirmed(player: Player) -> bool:
    confirmed = player.fate.outcome is Outcome.CONFIRMED and not player.undevolved
    return confirmed and player.fate.turn is not Turn.DELEGATE


def _told(player: Player) -> bool:
    return player.fate.ground is Ground.VERIFIED_INCOME or player.fate.turn is Turn.DISPUTED


def _reinvestigated(player: Player) -> bool:
    return player.fate.objection is not None and player.fate.turn is not Turn.APPRAISED


FORKS: Final = (
    Fork("INFORMED", "主动告知", "57号 Art 6",
         intake.HouseholdInformed, taking(Turn.INFORMED)),
    Fork("APPLIED", "书面申请", "57号 Art 4",
         intake.ApplicationSubmitted, lambda _: True),
    Fork("APPLIED_BY_PROXY", "委托他人代为申请", "57号 Art 6",
         intake.AppliedByProxy, taking(Turn.PROXY), lambda f: f.kind == "OTHER_PERSON"),
    Fork("APPLIED_BY_VILLAGE", "委托村（居）委会代为申请", "57号 Art 6",
         intake.AppliedByProxy, taking(Turn.VILLAGE_APPLIES),
         lambda f: f.kind == "VILLAGE_COMMITTEE"),
    Fork("APPLIED_ALONE", "低保边缘家庭重度残疾人单独申请", "57号 Art 8",
         intake.ApplicationSubmitted, taking(Turn.ALONE), lambda f: f.applies == "ALONE"),
    Fork("APPLIED_TWICE", "重复申请被拒", "57号 Art 4",
         CommandRefused, lambda p: p.fate.second_township is not None,
         refusal("ALREADY_APPLIED", "submit_application")),
    Fork("LIST_TOLD", "一次性告知补正", "57号 Art 10",
         intake.SupplementRequested, lambda p: p.fate.turn not in AT_COUNTER),
    Fork("ACCEPTED", "受理", "57号 Art 10",
         intake.ApplicationAccepted, lambda p: p.fate.outcome is not Outcome.NOT_ACCEPTED),
    Fork("NOT_ACCEPTED", "不予受理", "57号 Art 10",
         intake.ApplicationNotAccepted, ending(Outcome.NOT_ACCEPTED)),
    Fork("RELATIVE_FILED", "近亲属单独登记备案", "57号 Art 11",
         intake.RelativeRegistered, taking(Turn.RELATIVE)),
    Fork("RELATIVE_KEPT_AWAY", "近亲属回避（经办被拒）", "57号 Art 11",
         CommandRefused, taking(Turn.RELATIVE),
         refusal("CLOSE_RELATIVE", "give_preliminary_opinion")),
    Fork("WITHDRAWN", "撤回申请", "57号 Art 4",
         intake.ApplicationWithdrawn,
         lambda p: ending(Outcome.WITHDRAWN)(p) and p.fate.turn in (None, Turn.WITHDRAWN),
         lambda f: f.kind == "WITHDRAWN"),
    Fork("SOLE_MEMBER_DIED", "唯一成员去世", "57号 Art 4",
         intake.ApplicationWithdrawn, taking(Turn.SOLE_MEMBER_DIED),
         lambda f: f.kind == "SOLE_MEMBER_DIED"),
    Fork("MOVED_AWAY", "决定前迁出", "57号 Art 4",
         intake.ApplicationWithdrawn, taking(Turn.MOVED_AWAY), lambda f: f.kind == "MOVED_AWAY"),
    Fork("MEMBER_DIED", "决定前成员去世，重新调查", "57号 Art 7; 83号 一(三)",
         review.HouseholdChanged, taking(Turn.MEMBER_DIED)),
    Fork("VISITED", "两人以上入户并签字", "57号 Art 16",
         review.HouseholdVisited, lambda p: p.standing and p.fate.turn is not Turn.REMOTE,
         lambda f: f.form.way == "IN_PERSON"),
    Fork("PHOTOGRAPHED", "入户照片留存摘要", "57号 Art 16",
         review.HouseholdVisited, taking(Turn.PHOTOGRAPHED),
         lambda f: f.form.way == "IN_PERSON" and f.form.photos),
    Fork("VISITED_REMOTELY", "突发事件期间视频调查", "57号 Art 16",
         review.HouseholdVisited, taking(Turn.REMOTE), lambda f: f.form.way != "IN_PERSON"),
    Fork("REMOTE_REFUSED", "平时非接触调查被拒", "57号 Art 16",
         CommandRefused, taking(Turn.REMOTE_REFUSED),
         refusal("REMOTE_NOT_ALLOWED", "record_household_visit")),
    Fork("NEIGHBOURS_ASKED", "邻里访问", "57号 Art 16",
         review.NeighboursConsulted, taking(Turn.NEIGHBOURS)),
    Fork("LETTER_SENT", "信函索证", "57号 Art 16",
         review.EvidenceRequested, taking(Turn.LETTER)),
    Fork("LETTER_ANSWERED", "索证复函", "57号 Art 16",
         review.EvidenceReceived, taking(Turn.LETTER)),
    Fork("MEANS_BY_KIND", "分项登记家庭经济状况", "57号 Art 12-14",
         review.MeansRecorded, lambda p: p.by_kind),
    Fork("INCOME_EXCLUDED", "不计入的收入", "57号 Art 13",
         review.PreliminaryOpinionGiven, lambda p: p.by_kind and excludes(p.home),
         lambda f: any(step.code in EXCLUDED for step in f.steps)),
    Fork("PROPERTY_ABOVE_LIMIT", "财产超过规定", "57号 Art 14",
         review.PreliminaryOpinionGiven, taking(Turn.VEHICLE),
         lambda f: "VEHICLE_OWNED" in f.reasons),
    Fork("VERIFIED", "逐项反馈信息核对", "57号 Art 17",
         review.VerificationReported,
         lambda p: p.standing and p.fate.turn is not Turn.REGISTERS_SILENT, lambda f: f.items),
    Fork("REGISTERS_SILENT", "无法核对并记录原因", "57号 Art 17",
         review.VerificationAbsent, taking(Turn.REGISTERS_SILENT)),
    Fork("MISMATCH_TOLD", "告知核对不一致", "57号 Art 18", review.MismatchTold, _told),
    Fork("VERIFICATION_DISPUTED", "对核对有异议，重新核对", "57号 Art 18",
         review.VerificationDisputed, taking(Turn.DISPUTED)),
    Fork("NOT_COOPERATING", "不予配合，终止程序", "57号 Art 29",
         review.ProcedureTerminated, ending(Outcome.ENDED)),
    Fork("OPINION_FOR", "初审意见：符合", "57号 Art 19",
         review.PreliminaryOpinionGiven, _for, lambda f: f.eligible),
    Fork("OPINION_AGAINST", "初审意见：不符合", "57号 Art 19",
         review.PreliminaryOpinionGiven, lambda p: p.fate.ground is not None,
         lambda f: not f.eligible),
    Fork("NOTICE_POSTED", "公示", "57号 Art 19; 83号 四(二)", review.PublicNoticePosted, _for),
    Fork("OBJECTION", "公示异议", "57号 Art 19",
         review.ObjectionRaised, lambda p: p.fate.objection is not None),
    Fork("REINVESTIGATED", "异议后重新调查", "57号 Art 19",
         review.ObjectionAnswered, _reinvestigated, lambda f: f.reexamined == "VISIT"),
    Fork("APPRAISED", "异议后民主评议", "57号 Art 19",
         review.ObjectionAnswered, taking(Turn.APPRAISED), lambda f: f.reexamined == "APPRAISAL"),
    Fork("NOTICE_AGAIN", "重新提出意见后再次公示", "57号 Art 19",
         review.PublicNoticePosted, lambda p: p.fate.objection is Objection.REJECTED,
         lambda f: f.notice > 1),
    Fork("COMPLAINT", "投诉", "57号 Art 36",
         review.ComplaintReceived, taking(Turn.COMPLAINT), lambda f: not f.real_name),
    Fork("REAL_NAME_REPORT", "实名举报", "57号 Art 37",
         review.ComplaintReceived, taking(Turn.REAL_NAME), lambda f: f.real_name),
    Fork("COMPLAINT_ANSWERED", "核查答复投诉举报", "57号 Art 37",
         review.ComplaintAnswered, taking(Turn.COMPLAINT, Turn.REAL_NAME)),
    Fork("BUREAU_VISITED", "民政局入户调查", "57号 Art 20",
         review.BureauVisited, taking(Turn.RELATIVE, Turn.COMPLAINT, Turn.REAL_NAME)),
    Fork("BUREAU_VISIT_DUE", "民政局未入户，确认被拒", "57号 Art 20",
         CommandRefused, taking(Turn.RELATIVE),
         refusal("BUREAU_VISIT_DUE", "confirm_eligibility")),
    Fork("EXTENDED", "延长办理期限一次", "57号 Art 22",
         review.LimitExtended, taking(Turn.EXTENDED)),
    Fork("EXTENDED_TWICE", "再次延长被拒", "57号 Art 22",
         CommandRefused, taking(Turn.EXTENDED), refusal("ALREADY_EXTENDED", "extend_limit")),
    Fork("LIMIT_PASSED", "逾期未决定并记录", "57号 Art 22, 36; 83号 四(一)",
         review.DeadlineMissed, taking(Turn.LATE), lambda f: f.step == "decide"),
    Fork("CONFIRMED_BY_HEAD", "行政正职审核确认", "PLAN 行政正职; 57号 Art 21",
         review.EligibilityConfirmed, _plainly_confirmed,
         lambda f: f.organ == "TOWNSHIP" and len(f.confirmed_by) == 1),
    Fork("CONFIRMED_BY_DELEGATE", "受委托代行审核确认", "PLAN 行政正职; 57号 Art 21",
         review.EligibilityConfirmed, taking(Turn.DELEGATE),
         lambda f: len(f.confirmed_by) == DELEGATE_COUNT),
    Fork("CONFIRMED_BY_BUREAU", "未下放，报民政局确认", "57号 Art 2, 20",
         review.EligibilityConfirmed,
         lambda p: p.undevolved and p.fate.outcome is Outcome.CONFIRMED,
         lambda f: f.organ == "BUREAU"),
    Fork("DECLINED", "不予确认", "57号 Art 21",
         review.EligibilityDeclined, ending(Outcome.DECLINED)),
    Fork("WRITTEN_NOTICE", "书面告知理由与救济途径", "57号 Art 21; 649号 Art 65",
         review.WrittenNoticeServed, ending(Outcome.DECLINED, Outcome.ENDED)),
    Fork("CERTIFICATE", "发放低保证", "57号 Art 21",
         review.CertificateIssued, ending(Outcome.CONFIRMED)),
    Fork("ANNOUNCED", "公布确认结果", "57号 Art 24",
         review.ResultAnnounced, ending(Outcome.CONFIRMED)),
    Fork("CARD_KEPT", "代管银行卡备案", "57号 Art 26",
         review.CardKeepingFiled, taking(Turn.CARD)),
    Fork("TERMINATED", "停发", "57号 Art 31, 32",
         review.AllowanceTerminated, lambda p: p.fate.dies_after_confirmation),
    Fork("TAKEN_DOWN", "撤下公布", "57号 Art 24",
         review.AnnouncementTakenDown, lambda p: p.fate.dies_after_confirmation),
)  # fmt: skip


def meant(players: Iterable[Player]) -> dict[str, int]:
    """How many of these players were meant to take each fork."""
    company = tuple(players)
    return {fork.code: sum(fork.meant(one) for one in company) for fork in FORKS}
