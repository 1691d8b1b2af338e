"""A round: one month under a seeded sequence of faults, and what must be true of its end.

The sequence follows from the seed, so a round can be played again. Moments are counted in facts,
not in seconds: the same fault meets the same step of the month on any machine, or nearly.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from services.runtime.home import Home
from services.runtime.houses import DEFINITIONS, NAMES
from tests.clusters import Cluster
from tests.faults.outcome import Outcome, faults_of
from tests.faults.scene import PLAY, SEED, Scene
from tests.faults.striking import FOLLOWED, STRIKES
from tests.processes import yingbao
from tests.servers import PostgresServer, RabbitServer
from tests.servers.processes import wait_until

FAULTS = (3, 7)  # at least, at most
LASTS_SECONDS_MAX = 5.0
DEALT_LASTS_SECONDS_MAX = 2.0  # every test run waits for these
ROUND_SEED = 1  # of the rounds that every test run plays
OPENING_FACTS = 190  # officers are appointed; cases come after


@dataclass(frozen=True, slots=True)
class Fault:
    """What strikes whom when so many facts stand in the logs, and how long it lasts."""

    facts: int
    kind: str
    service: str
    seconds: float

    def __str__(self) -> str:
        return f"{self.facts} facts: {self.kind} ({self.service}, {self.seconds} s)"


@dataclass(frozen=True, slots=True)
class Played:
    """What a round came to. `wrong` is empty where all held."""

    wrong: list[str]
    late: int
    ended: list[str]
    plays: int


def drawn(seed: int, total: int) -> list[Fault]:
    """The faults of a seed, in a month of so many facts."""
    chance = random.Random(seed)
    count = chance.randint(*FAULTS)
    kinds = chance.choices(list(STRIKES), k=count)
    return _at_moments(chance, kinds, total, LASTS_SECONDS_MAX)


def dealt(seed: int, rounds: int, total: int) -> list[list[Fault]]:
    """Every kind of fault once, over so many rounds."""
    chance = random.Random(seed)
    kinds = list(STRIKES)
    chance.shuffle(kinds)
    return [
        _at_moments(chance, kinds[n::rounds], total, DEALT_LASTS_SECONDS_MAX) for n in range(rounds)
    ]


def _at_moments(
    chance: random.Random, kinds: Sequence[str], total: int, seconds_max: float
) -> list[Fault]:
    faults = [
        Fault(
            # A quarter while the district is opened, three quarters while there are cases.
            chance.randint(1, OPENING_FACTS) if chance.random() < 0.25
            else chance.randint(OPENING_FACTS, total),
            kind,
            chance.choice(NAMES),
            round(chance.uniform(0.1, seconds_max), 1),
        )
        for kind in kinds
    ]  # fmt: skip
    return sorted(faults, key=lambda fault: fault.facts)


def undisturbed(folder: Path, postgres: PostgresServer, rabbit: RabbitServer) -> Outcome:
    """The same month on services that nobody troubles; embedded it must come to the same."""
    embedded = folder / "embedded"
    said = yingbao(embedded, *PLAY)
    assert said.returncode == 0, said.stderr
    with Cluster(folder, postgres, rabbit, seed=SEED) as cluster:
        scene = Scene(cluster)
        scene.begin()
        scene.finish()
        outcome = Outcome.of(cluster.home)
        wrong = [*outcome.apart(Outcome.of(Home(embedded))), *faults_of(cluster.home)]
        assert [] == wrong, wrong
    return outcome


def play_round(
    folder: Path,
    postgres: PostgresServer,
    rabbit: RabbitServer,
    faults: Sequence[Fault],
    expected: Outcome,
) -> Played:
    """Play the month under these faults and compare its end. Raises where it never ends."""
    with Cluster(folder, postgres, rabbit, seed=SEED) as cluster:
        scene = Scene(cluster)
        scene.begin()
        for fault in faults:
            scene.until(fault.facts)
            STRIKES[fault.kind](scene, fault.service, fault.seconds)
        scene.finish()
        outcome = Outcome.of(cluster.home)
        wrong = [*outcome.apart(expected), *faults_of(cluster.home), *_at_rest(cluster)]
        return Played(wrong, outcome.late, scene.ended, scene.plays)


def _at_rest(cluster: Cluster) -> list[str]:
    """What must come about by itself at the end: everything is carried."""
    waiting = {
        f"{log} isn't relayed": lambda log=log: _relayed(cluster, log)
        for log in {source for one in DEFINITIONS for source in one.follows}
    } | {
        f"{queue} isn't empty": lambda queue=queue: not cluster.rabbit.queue_length(
            queue, cluster.vhost
        )
        for queue in FOLLOWED
    }  # fmt: skip
    wrong = []
    for sentence, holds in waiting.items():
        try:
            wait_until(holds, sentence)
        except TimeoutError:
            wrong.append(sentence)
    return wrong


def _relayed(cluster: Cluster, service: str) -> bool:
    ask = "SELECT (SELECT max(position) FROM fact) = (SELECT max(position) FROM relay_cursor)"
    return bool(cluster.query(service, ask)[0][0])
