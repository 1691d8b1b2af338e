"""The machine's clock jumps back an hour: everything goes on, and what was signed still holds."""

from datetime import timedelta
from pathlib import Path

from shared.log.integrator import Integrator
from shared.log.note import Note
from shared.log.verification import Keys, verify
from tests.houses import NEIGHBOUR, facts_of
from tests.integration.served import ServedHouses
from tests.shared.log.samples import signer_named

LOG = "411603/intake"


def test_a_clock_that_jumps_back_an_hour_stops_nothing(
    served: ServedHouses, tmp_path: Path
) -> None:
    """Commands, following, signing and verifying; the cosigner's time doesn't run back."""
    signer, cosigner = signer_named(LOG), signer_named("411603/witness", seed=2)
    state = tmp_path / "signer.json"
    integrator = Integrator(LOG, served.intake.database, signer, cosigner, served.clock, state)
    served.submit(0)
    before = integrator.step()

    served.clock.set(served.clock.now() - timedelta(hours=1))
    answer = served.submit(1)
    served.appoint("late", NEIGHBOUR)
    served.settle()
    after = integrator.step()

    assert answer.done
    assert (0, 0) == (served.follower.status().lag, served.follower.status().parked)
    assert before is not None
    assert after is not None
    assert [1, 2] == [before.size, after.size]
    with served.intake.database.read() as conn:
        notes = conn.exec_driver_sql("SELECT note FROM checkpoint ORDER BY size").scalars().all()
        times = [Note.parse(note).cosigned_at(cosigner.verifier) for note in notes]
        report = verify(conn, Keys(LOG, signer.verifier, cosigner.verifier), state_file=state)
    assert times[0] == times[1]
    assert (True, ()) == (report.ok, report.findings)
    first, second = facts_of(served.intake)
    assert first.envelope.at > second.envelope.at
    integrator.release()
