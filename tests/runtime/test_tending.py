"""A running site's duties: one that fails keeps none of the others from theirs."""

import pytest

from services.runtime.embedded import SigningFailed
from services.runtime.home import Home
from services.runtime.tending import all_duties
from services.runtime.verifying import verify_log
from tests.sites import TrialSite


def test_one_log_that_cannot_be_signed_keeps_no_other_unsigned(trial_site: TrialSite) -> None:
    """Its signer's record is gone; the others are signed all the same, and it is told."""
    site = trial_site.site
    site.checkpoint()
    Home(trial_site.path).signer_state("gateway").write_text("", "utf-8")
    trial_site.do("admin", "register_unit", unit="411603103", title="四通镇", kind="TOWNSHIP",
                  from_on="2021-02-01")  # fmt: skip
    trial_site.give("411603101-1", "accept_application", case="case-none")
    with pytest.raises(SigningFailed) as caught:
        site.checkpoint()
    assert ("411603/gateway",) == caught.value.logs
    assert 0 == verify_log(Home(trial_site.path), "intake").unsigned_count
    assert not all_duties(site)


def test_a_follower_in_trouble_keeps_nobody_from_signing(
    trial_site: TrialSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Following fails; the log is signed."""

    def lost() -> int:
        raise OSError("link down")

    monkeypatch.setattr(trial_site.site, "settle", lost)
    trial_site.give("411603101-1", "accept_application", case="case-none")
    assert not all_duties(trial_site.site)
    assert 0 == verify_log(Home(trial_site.path), "intake").unsigned_count
