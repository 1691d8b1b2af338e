"""Policy packs as the bureau publishes them: whole, in time, one after another."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from services.gateway.commands import PublishPolicy
from services.gateway.domain.policy import POLICY, TEXT_BYTES_MAX
from services.gateway.refusals import (
    PolicyEmpty,
    PolicyInThePast,
    PolicyParameterUnknown,
    PolicyTooLarge,
)
from shared import codec
from shared.envelope import About
from shared.facts.gateway import PolicyPublished
from shared.policy.faults import PolicyRefused
from shared.policy.layering import lay_over
from shared.testing.decisions import context, given
from tests.shared.facts.specimen import body_of

NOW = context("2024-03-04", officer="bureau-1")
TEXT = """pack: huaiyang-2024
title: 淮阳区2024年标准
parameters:
  standard.rural_month_fen:
    title: 农村低保标准（每人每月）
    unit: fen_per_month
    values:
      - {from: 2024-04-01, value: 480元, citation: 区民政局通知, certainty: T}
  notice.calendar_days:
    title: 初审意见公示天数
    unit: calendar_days
    values:
      - {from: 2024-05-01, value: 7, citation: 区民政局通知, certainty: T}
"""
PUBLISHED = PolicyPublished(
    pack="huaiyang-2024",
    title="淮阳区2024年标准",
    digest=sha256(TEXT.encode()).hexdigest(),
    text=TEXT,
    published_on=date(2024, 3, 4),
    published_by="bureau-1",
    effective_from=date(2024, 4, 1),
    parameters=("standard.rural_month_fen",),
)


def test_a_pack_is_published_word_for_word() -> None:
    """With its first day and with those parameters alone that get another value."""
    given().when(POLICY, PublishPolicy(TEXT), NOW).then(PUBLISHED)


def test_what_would_change_the_past_needs_a_reason() -> None:
    """A value from before today; the reason is recorded. One from today needs none."""
    late, today = TEXT.replace("2024-04-01", "2024-03-03"), TEXT.replace("2024-04-01", "2024-03-04")
    given().when(POLICY, PublishPolicy(late), NOW).then_refused(PolicyInThePast)

    corrected = replace(
        PUBLISHED, digest=sha256(late.encode()).hexdigest(), text=late,
        effective_from=date(2024, 3, 3), reason="原文件日期有误",
    )  # fmt: skip
    given().when(POLICY, PublishPolicy(late, "原文件日期有误"), NOW).then(corrected)
    assert 1 == len(given().when(POLICY, PublishPolicy(today), NOW).facts)


def test_a_value_that_an_older_one_would_have_ended_counts_as_a_change() -> None:
    """The new pack goes on where the packs below had another value from a later day."""
    text = TEXT.replace("value: 480元", "value: 455元")
    on_top = replace(NOW, policy=lay_over(NOW.policy, TEXT.encode(), "甲"))
    again = text.replace("huaiyang-2024", "huaiyang-2024b").replace("2024-04-01", "2024-03-10")

    [fact] = given(PUBLISHED).when(POLICY, PublishPolicy(again), on_top).facts
    assert isinstance(fact, PolicyPublished)
    assert ("standard.rural_month_fen",) == fact.parameters


def test_a_bad_pack_is_refused_with_all_its_faults() -> None:
    """As on load: what is wrong in itself, and what doesn't fit the packs below it."""
    bad = TEXT.replace("unit: calendar_days", "unit: working_days").replace(
        "citation: 区民政局通知, certainty: T}\n  notice", "certainty: X}\n  notice"
    )
    outcome = given().when(POLICY, PublishPolicy(bad), NOW)

    assert isinstance(outcome.refusal, PolicyRefused)
    assert {"MISSING", "BAD_VALUE", "UNIT_DIFFERS"} == {f.code for f in outcome.refusal.faults}


def test_a_packs_name_is_published_once() -> None:
    """Versions are told by it."""
    over = replace(NOW, policy=lay_over(NOW.policy, TEXT.encode(), "甲"))
    outcome = given(PUBLISHED).when(POLICY, PublishPolicy(TEXT), over)

    assert isinstance(outcome.refusal, PolicyRefused)
    assert ["DUPLICATE"] == [fault.code for fault in outcome.refusal.faults]


def test_a_parameter_that_nobody_knows_is_refused() -> None:
    """A slip of the pen would be in force of nothing; the sentence names it."""
    slip = TEXT.replace("notice.calendar_days", "notice.calender_days")
    outcome = given().when(POLICY, PublishPolicy(slip), NOW)
    outcome.then_refused(PolicyParameterUnknown)
    assert "notice.calender_days" in str(outcome.refusal)


def test_a_pack_without_a_value_is_refused() -> None:
    """There would be nothing to go by."""
    empty = "pack: nothing\ntitle: 空\nparameters: {}\n"
    given().when(POLICY, PublishPolicy(empty), NOW).then_refused(PolicyEmpty)


@pytest.mark.parametrize("sign", ["#", '"', "注"])
def test_what_doesnt_fit_into_one_fact_is_refused_and_what_fits_is_taken(sign: str) -> None:
    """Measured as the log writes it, where a quotation mark takes two bytes and 注 three."""
    size = {"#": 1, '"': 2, "注": 3}[sign]
    room = (TEXT_BYTES_MAX - len(TEXT.encode()) - TEXT.count("\n") - 32) // size
    fits, too_large = f"{TEXT}# {sign * room}\n", f"{TEXT}# {sign * (room + 32)}\n"

    given().when(POLICY, PublishPolicy(too_large), NOW).then_refused(PolicyTooLarge)
    [fact] = given().when(POLICY, PublishPolicy(fits), NOW).facts
    assert isinstance(fact, PolicyPublished)
    assert fact == codec.decode(body_of(fact), None, 0).fact


def test_policy_concerns_nobody_by_name() -> None:
    """Its stream is everybody's."""
    assert About() == POLICY.about(POLICY.fold([PUBLISHED]))
    assert ("huaiyang-2024",) == POLICY.fold([PUBLISHED]).packs
