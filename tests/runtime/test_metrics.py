"""The numbers of a service process: true, bounded, and as docs/metrics.md tells them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from services.runtime.home import Home
from services.runtime.metrics import exposition, read_figures
from services.runtime.process_state import OUTCOMES, REASONS, ProcessState
from services.runtime.stamps import stamp
from services.runtime.verifying import verify_log
from shared.log.verification import unreadable
from tests.architecture.papers import ROOT, quoted, rows, section
from tests.houses import application
from tests.sites import TrialSite

LOG, FOLLOWED = "411603/review", "411603/gateway"


@pytest.fixture
def state(trial_site: TrialSite) -> ProcessState:
    """Of the review service, which has followed the gateway's appointments."""
    return ProcessState(trial_site.site.services["review"], trial_site.path)


def samples(state: ProcessState) -> list[Sample]:
    """As Prometheus reads them."""
    text = exposition(state, lambda: read_figures(state.service)).decode()
    return [one for family in text_string_to_metric_families(text) for one in family.samples]


def values(state: ProcessState, name: str, **labels: str) -> list[float]:
    """The values under this name and these labels."""
    return [
        one.value
        for one in samples(state)
        if one.name == name and labels.items() <= one.labels.items()
    ]


def edit(state: ProcessState, statement: str) -> None:
    """As the service itself would have written."""
    state.service.database.write(lambda conn: conn.exec_driver_sql(statement))


def verified(state: ProcessState, *, well: bool = True) -> None:
    """Leave a stamp, as `yingbao verify` does."""
    found = verify_log(Home(state.home), "review") if well else unreadable(LOG, "读不了")
    assert stamp(Home(state.home), "review", found)


def test_the_paper_names_what_the_code_shows(state: ProcessState) -> None:
    """Every metric with its labels, nothing less and nothing more."""
    state.command_done("open_case", "done")
    state.message_refused("stranger")
    for follower in state.follower_states.values():
        follower.head = 10
    verified(state)
    table = rows(section(ROOT / "docs" / "metrics.md", "Names"))

    assert {row[0].strip("`"): set(quoted(row[1])) for row in table} == {
        one.name: set(one.labels) for one in samples(state) if not one.name.endswith("_created")
    }


def test_the_paper_names_every_outcome_and_reason() -> None:
    """In the lines of the two counters."""
    paper = (ROOT / "docs" / "metrics.md").read_text("utf-8")
    assert set() == (OUTCOMES | REASONS) - set(quoted(paper))


def test_commands_are_counted_by_name_and_outcome(state: ProcessState) -> None:
    """Those of this service's table."""
    for outcome in ("done", "done", "refused"):
        state.command_done("post_public_notice", outcome)
    name = "yingbao_commands_total"
    assert [2.0] == values(state, name, command="post_public_notice", outcome="done")
    assert [1.0] == values(state, name, command="post_public_notice", outcome="refused")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # its counters may add up
@given(words=st.lists(st.tuples(st.text(), st.text(), st.text()), max_size=20))
def test_nothing_that_comes_from_outside_names_a_time_series(
    state: ProcessState, words: list[tuple[str, str, str]]
) -> None:
    """Whatever is called out, the labels are those of the table and the lists, or `?`."""
    commands = {row.name for row in state.service.definition.commands}
    for name, outcome, reason in words:
        state.command_done(name, outcome)
        state.message_refused(reason)
    shown = {
        word
        for family in state.counters.collect()
        for one in family.samples
        for word in one.labels.values()
    }
    assert set() == shown - commands - {"?"} - OUTCOMES - REASONS


def test_facts_signatures_and_relay_are_measured_at_the_logs_head(
    trial_site: TrialSite, state: ProcessState
) -> None:
    """Before anything was signed or carried, and after."""
    trial_site.give("411603101-1", "close_public_notice", case="case-none")
    [facts] = values(state, "yingbao_facts_appended_total", log=LOG)
    assert facts > 0
    assert [facts] == values(state, "yingbao_signing_lag_facts", log=LOG)
    assert [facts] == values(state, "yingbao_relay_lag_facts", log=LOG, destination="rabbitmq")
    trial_site.site.checkpoint()
    edit(state, f"INSERT INTO relay_cursor VALUES ('rabbitmq', {int(facts) - 1})")
    assert [0.0] == values(state, "yingbao_signing_lag_facts", log=LOG)
    assert [0.0] == values(state, "yingbao_relay_lag_facts", log=LOG, destination="rabbitmq")


def test_a_followers_lag_counts_from_its_cursor_to_the_head_it_heard_of(
    state: ProcessState,
) -> None:
    """Unknown until a head was heard of; never below nought."""
    name, labels = "yingbao_follower_lag_facts", {"follower": "review", "log": FOLLOWED}
    [cursor] = [
        position for log, position in read_figures(state.service).cursors.items() if log == FOLLOWED
    ]
    assert [] == values(state, name, **labels)
    state.follower_states[FOLLOWED].head = cursor + 7
    assert [7.0] == values(state, name, **labels)
    state.follower_states[FOLLOWED].head = cursor - 1
    assert [0.0] == values(state, name, **labels)


def test_parked_facts_and_their_streams_are_counted(state: ProcessState) -> None:
    """Three facts of two streams."""
    for position, stream in enumerate(("case/1", "case/1", "case/2")):
        edit(
            state,
            f"INSERT INTO parked VALUES ('{FOLLOWED}', {position}, '{stream}', 'Wrong', 1, "
            "'2024-03-01T01:00:00.000000Z')",
        )
    labels = {"follower": "review", "log": FOLLOWED}
    assert [3.0] == values(state, "yingbao_parked_facts", **labels)
    assert [2.0] == values(state, "yingbao_parked_streams", **labels)


def test_what_stands_still_is_shown_and_no_sentence_with_it(state: ProcessState) -> None:
    """Each part for itself; the reason is for /ready."""
    name = "yingbao_standing_still"
    assert [0.0] * 4 == values(state, name)
    state.follower_states[FOLLOWED].standing_still = "来源日志变短了"
    state.signer_state.refusing = "日志被改写过"
    assert [1.0] == values(state, name, part="follower", log=FOLLOWED)
    assert [1.0] == values(state, name, part="signer", log=LOG)
    assert [0.0] == values(state, name, part="relay", log=LOG)


def test_a_log_never_verified_is_infinitely_old(state: ProcessState) -> None:
    """So that the alarm of age covers it, too."""
    assert [float("inf")] == values(state, "yingbao_verification_age_seconds", log=LOG)
    assert [] == values(state, "yingbao_last_verification_ok")


def test_a_failed_verification_is_shown_and_doesnt_count_as_one(state: ProcessState) -> None:
    """Its age stays that of the last good one."""
    verified(state, well=False)
    assert [0.0] == values(state, "yingbao_last_verification_ok", log=LOG)
    assert [float("inf")] == values(state, "yingbao_verification_age_seconds", log=LOG)
    verified(state)
    assert [1.0] == values(state, "yingbao_last_verification_ok", log=LOG)
    verified(state, well=False)
    assert [0.0] == values(state, "yingbao_last_verification_ok", log=LOG)
    assert float("inf") > values(state, "yingbao_verification_age_seconds", log=LOG)[0]


def test_without_a_database_the_rest_is_still_told(state: ProcessState) -> None:
    """The counters, the connections, and that the database doesn't answer."""
    state.command_done("open_case", "trouble")
    text = exposition(state, lambda: None).decode()
    assert "yingbao_database_up 0.0" in text
    assert 'yingbao_commands_total{command="open_case",outcome="trouble"} 1.0' in text
    assert "yingbao_facts_appended" not in text


def test_limits_that_are_near_or_over_are_counted_by_unit(
    state: ProcessState, trial_site: TrialSite
) -> None:
    """Nought for every unit until something waits; no case is named."""
    name = "yingbao_limits"
    assert [0.0] * 4 == values(state, name)
    applied = trial_site.do("411603101-1", "submit_application", **application())
    case = str(applied.stream).removeprefix("application/")
    trial_site.do("411603101-1", "accept_application", case=case)
    trial_site.at("2024-03-04")
    near = {"township": "411603101", "urgency": "DUE_SOON"}
    assert [1.0] == values(state, name, **near)
    trial_site.at("2024-03-07")
    assert [0.0] == values(state, name, **near)
    assert [1.0] == values(state, name, township="411603101", urgency="OVERDUE")
