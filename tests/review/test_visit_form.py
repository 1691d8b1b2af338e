"""The visit's form: in which way, signed by whom, with which photos (57号 Art 16)."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.review import commands as c
from services.review.refusals import (
    EvidenceDayWrong,
    EvidenceTwice,
    MemberNotSigned,
    PhotosMissing,
    RemoteNotAllowed,
    VisitorsNotSigned,
)
from shared.facts.evidence import EvidenceFile
from shared.policy.loader import load_policy
from tests.review.samples import FORM, OPEN, VISIT, Step, act, fact_of, taking

PHOTO = EvidenceFile("ROOM", "0a" * 32, 1_000, date(2024, 3, 4))
EMERGENCY = """
pack: emergency
title: 突发事件
parameters:
  survey.remote_allowed:
    title: 入户调查、邻里访问可否采取电话、视频等非接触方式
    unit: boolean
    values:
      - from: 2024-03-04
        to: 2024-03-10
        for: ["411603101"]
        value: 是
        citation: 区政府宣布启动应急响应的公告
        certainty: P
        note: 到期恢复上门调查。
  survey.photos_min:
    title: 入户调查照片最少张数
    unit: count
    values:
      - from: 2024-03-04
        value: 1
        citation: 系统假定
        certainty: P
"""


def visited(signed: bool = True, **form: Any) -> Step:
    """The visit of 2024-03-04 with this form."""
    visit = replace(VISIT, signed_by_member=signed, form=replace(FORM, **form))
    return act(visit, "2024-03-04")


def under(tmp_path: Path, step: Step) -> Step:
    """The same under a local pack: an emergency in one township for a week, a photo asked for."""
    pack = tmp_path / "emergency.yaml"
    pack.write_text(EMERGENCY, "utf-8")
    command, context = step
    return command, replace(context, policy=load_policy(pack))


@pytest.mark.parametrize("way", ["TELEPHONE", "VIDEO"])
def test_nobody_visits_by_telephone_in_ordinary_times(way: str) -> None:
    """57号 Art 16: only in a major emergency."""
    taking((OPEN,), visited(way=way)).then_refused(RemoteNotAllowed)


def test_a_declared_emergency_allows_it_in_its_townships_and_days(tmp_path: Path) -> None:
    """A week in one township; the day after, or next door, somebody goes."""
    by_video = visited(False, way="VIDEO", unsigned_reason="REMOTE", photos=(PHOTO,))
    command, context = under(tmp_path, by_video)
    later = replace(command, visited_on=date(2024, 3, 11))
    opening, opened_in = OPEN
    next_door = c.OpenCase(replace(opening.accepted, township="411603102"))

    assert command.form == fact_of((OPEN,), (command, context)).form
    taking((OPEN,), (later, replace(context, today=date(2024, 3, 11)))).then_refused(
        RemoteNotAllowed
    )
    taking(((next_door, opened_in),), (command, context)).then_refused(RemoteNotAllowed)


@pytest.mark.parametrize("signed", [("o-1",), ("o-1", "o-3"), ("o-1", "o-2", "o-3"), ()])
def test_every_investigator_signs_and_nobody_else(signed: tuple[str, ...]) -> None:
    """57号 Art 16(1): 由调查人员签字."""
    taking((OPEN,), visited(signed_by_visitors=signed)).then_refused(VisitorsNotSigned)


@pytest.mark.parametrize("signed", [("o-2", "o-1"), ("o-1", "o-2")])
def test_the_order_of_signatures_says_nothing(signed: tuple[str, ...]) -> None:
    """Who signs first is the same to the law."""
    assert taking((OPEN,), visited(signed_by_visitors=signed)).refusal is None


@pytest.mark.parametrize(
    ("signed", "reason"), [(False, None), (True, "REFUSED"), (False, "REMOTE")]
)
def test_a_member_signs_or_the_form_says_why_none_did(signed: bool, reason: str | None) -> None:
    """One of both, never neither; distance is no reason where somebody went."""
    taking((OPEN,), visited(signed, unsigned_reason=reason)).then_refused(MemberNotSigned)


@pytest.mark.parametrize("reason", ["REFUSED", "UNABLE", "NOBODY_OF_AGE"])
def test_a_missing_signature_is_recorded_with_its_reason(reason: str) -> None:
    """The visit counts; whoever reads the record sees it."""
    fact = fact_of((OPEN,), visited(False, unsigned_reason=reason))
    assert (False, reason) == (fact.signed_by_member, fact.form.unsigned_reason)


def test_photos_are_kept_by_their_hash() -> None:
    """What, which bytes, how many, of which day."""
    assert (PHOTO,) == fact_of((OPEN,), visited(photos=(PHOTO,))).form.photos


def test_the_same_photo_does_not_count_twice() -> None:
    """Under another kind it stays the same file."""
    again = replace(PHOTO, kind="HOUSE")
    taking((OPEN,), visited(photos=(PHOTO, again))).then_refused(EvidenceTwice)


def test_no_photo_is_of_tomorrow() -> None:
    """A day that lies ahead."""
    ahead = replace(PHOTO, taken_on=date(2024, 3, 5))
    taking((OPEN,), visited(photos=(ahead,))).then_refused(EvidenceDayWrong)


def test_a_site_may_ask_for_photos(tmp_path: Path) -> None:
    """The national texts don't; a local pack may."""
    taking((OPEN,), under(tmp_path, visited())).then_refused(PhotosMissing)
    assert taking((OPEN,), under(tmp_path, visited(photos=(PHOTO,)))).refusal is None
