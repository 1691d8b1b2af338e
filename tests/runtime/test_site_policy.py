"""The policy of a running site: its own file, and what the bureau publishes over it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.runtime.books import all_differences
from services.runtime.embedded import open_site
from services.runtime.home import Home
from shared.policy.faults import PolicyRefused
from shared.policy_rows import PolicyUnusable
from shared.settings import load_settings
from tests.sites import TrialSite

OWN = """pack: site
title: 站点文件
parameters:
  survey.investigators_min:
    title: 每组调查人员最少人数
    unit: persons
    values:
      - {from: 2024-01-01, value: 3, citation: 区民政局通知, certainty: P}
"""
PUBLISHED = OWN.replace("pack: site", "pack: bureau-2024").replace("2024-01-01", "2024-03-02")
PUBLISHED = PUBLISHED.replace("value: 3", "value: 1")
BAD = OWN.replace("value: 3", "value: 3.5").replace("citation: 区民政局通知, ", "")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The site's own file."""
    path = tmp_path / "own.yaml"
    path.write_text(OWN, "utf-8")
    return path


def test_a_site_names_its_file_in_its_settings(tmp_path: Path) -> None:
    """Beside its settings, or anywhere by a whole path."""
    (tmp_path / "settings.env").write_text("YINGBAO_POLICY=own.yaml\n", "utf-8")
    said = load_settings({"YINGBAO_HOME": str(tmp_path)})

    assert (tmp_path / "own.yaml", tmp_path / "own.yaml") == (said.policy, Home.of(said).policy)
    assert Path("/etc/own.yaml") == load_settings({"YINGBAO_POLICY": "/etc/own.yaml"}).policy
    assert load_settings({}).policy is None


def test_a_bad_file_keeps_a_site_from_starting(trial_site: TrialSite, tmp_path: Path) -> None:
    """With every fault in one sentence."""
    trial_site.close()
    (tmp_path / "bad.yaml").write_text(BAD, "utf-8")
    with (
        pytest.raises(PolicyRefused) as refused,
        open_site(trial_site.path, tmp_path / "bad.yaml"),
    ):
        pass
    assert {"BAD_VALUE", "MISSING"} == {fault.code for fault in refused.value.faults}
    with open_site(trial_site.path):  # the lock was given back
        pass


@pytest.fixture
def published(trial_site: TrialSite) -> Iterator[TrialSite]:
    """A site whose bureau has published on 1 March what begins on 2 March."""
    trial_site.do("bureau-1", "publish_policy", text=PUBLISHED)
    yield trial_site


def versions(site: TrialSite, on: str) -> dict[str, Any]:
    """The version of one parameter as each house sees it."""
    site.at(on)
    day = site.site.site.clock.now().date()
    found = {}
    for name, service in site.site.services.items():
        with service.database.read() as conn:
            rules = service.site.policy_in(conn).at(day)
            found[name] = rules.parameter("survey.investigators_min").version
    return found


def test_every_house_goes_by_what_was_published_from_its_day_on(published: TrialSite) -> None:
    """Before that day by what stood before; the tables say what the facts say."""
    houses = sorted(published.site.services)
    assert dict.fromkeys(houses, "national/2021-07-01") == versions(published, "2024-03-01")
    assert dict.fromkeys(houses, "bureau-2024/2024-03-02") == versions(published, "2024-03-02")
    path = published.path
    published.close()
    assert [] == all_differences(Home(path))


def test_a_published_pack_outlives_the_process(published: TrialSite, own: Path) -> None:
    """And stands over the site's own file."""
    published.close()
    with open_site(published.path, own) as site:
        gateway = site.services["gateway"]
        day = site.site.clock.now().date().replace(day=2)
        with gateway.database.read() as conn:
            rules = gateway.site.policy_in(conn).at(day)
        assert (3, 1) == (
            site.site.policy.at(day).number("survey.investigators_min"),
            rules.number("survey.investigators_min"),
        )


def test_a_file_that_published_policy_doesnt_fit_keeps_a_site_from_starting(
    published: TrialSite, own: Path
) -> None:
    """The file took the published pack's name."""
    published.close()
    own.write_text(OWN.replace("pack: site", "pack: bureau-2024"), "utf-8")
    with pytest.raises(PolicyUnusable, match="DUPLICATE"), open_site(published.path, own):
        pass


def test_a_refused_pack_leaves_everything_as_it_was(trial_site: TrialSite) -> None:
    """The officer reads each fault; nothing is followed."""
    answer = trial_site.give("bureau-1", "publish_policy", text=BAD)
    late = trial_site.give("bureau-1", "publish_policy", text=OWN)
    trial_site.settle()

    assert ("refused", "BAD_POLICY") == (answer.outcome, answer.code)
    assert "BAD_VALUE" in (answer.sentence or "")
    assert ("refused", "POLICY_IN_THE_PAST") == (late.outcome, late.code)
    assert {"national/2021-07-01"} == set(versions(trial_site, "2024-03-02").values())


def test_a_number_like_an_id_card_is_not_published(trial_site: TrialSite) -> None:
    """The log keeps the text for ever."""
    answer = trial_site.give("bureau-1", "publish_policy", text=f"{OWN}# 999999197003030012\n")
    assert ("refused", "BAD_COMMAND") == (answer.outcome, answer.code)
