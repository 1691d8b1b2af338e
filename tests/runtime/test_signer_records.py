"""A site of the first version kept its signers' records elsewhere; they are taken along."""

import shutil
from pathlib import Path

from services.runtime.home import Home
from services.runtime.houses import NAMES
from services.runtime.migrating import migrate_all
from services.runtime.verifying import verify_log
from tests.sites import TrialSite


def test_migrating_takes_the_signers_records_along(trial_site: TrialSite) -> None:
    """Signed before, moved back to where they used to lie, migrated: signing goes on from there."""
    trial_site.site.checkpoint()
    trial_site.close()
    home = Home(trial_site.path)
    signed = [name for name in NAMES if home.signer_state(name).exists()]
    for name in signed:
        _as_before(home, name)

    migrate_all(home)

    assert "gateway" in signed
    assert signed == [name for name in NAMES if home.signer_state(name).exists()]
    assert [True] * len(NAMES) == [verify_log(home, name).ok for name in NAMES]


def test_a_record_that_stands_is_not_replaced(tmp_path: Path) -> None:
    """An old file that somebody puts back doesn't take the place of the newer one."""
    home = Home(tmp_path)
    home.signer_state("review").parent.mkdir(parents=True)
    home.signer_state("review").write_text("new", "utf-8")
    (tmp_path / "signer" / "review.json").write_text("old", "utf-8")

    home.adopt_signer_records()

    assert "new" == home.signer_state("review").read_text("utf-8")


def _as_before(home: Home, name: str) -> None:
    home.signer_state(name).replace(home.path / "signer" / f"{name}.json")
    shutil.rmtree(home.signer_state(name).parent)
