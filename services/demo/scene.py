"""What one act of the play needs: who acts, on whose case, on which day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.demo.cast import Player
from services.demo.choice import Key
from services.demo.officers import DemoOfficer, DistrictStaff, TownshipStaff
from services.demo.stage import Stage
from services.runtime.documents import write_private
from services.runtime.evidence import keep


@dataclass(frozen=True, slots=True)
class Scene:
    """One household's case on a day of the play."""

    stage: Stage
    staff: TownshipStaff
    district: DistrictStaff
    player: Player
    case: str
    on: date

    def do(self, officer: DemoOfficer, name: str, /, *which: Key, **payload: Any) -> None:
        """A command on the case that must be done; `which` tells several of a kind apart."""
        step = (self.player.number, *which)
        self.stage.do(officer, name, step, case=self.case, **payload)

    def refused(
        self, officer: DemoOfficer, name: str, code: str, /, *which: Key, **payload: Any
    ) -> None:
        """A command on the case that must be refused."""
        step = (self.player.number, *which)
        self.stage.refused(officer, name, step, code, case=self.case, **payload)

    def file(self, kind: str) -> dict[str, Any]:
        """A photo or a paper of today, kept beside the site; nobody took it, its bytes are noise."""
        content = self.stage.choices.bytes(64, "file", self.player.number, kind, str(self.on))
        home = self.stage.site.home
        paper = home.path / "evidence" / "taken"
        write_private(paper, content)
        kept = keep(home, paper)
        paper.unlink()
        return {
            "kind": kind,
            "sha256": kept.sha256,
            "size_bytes": kept.size_bytes,
            "taken_on": self.on.isoformat(),
        }


Act = Callable[[Scene], None]
