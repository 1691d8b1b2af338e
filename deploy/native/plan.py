"""What one site on this machine needs: folders, ports and passwords, drawn once and kept."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_urlsafe
from typing import Self

from deploy.native.processes import HOST, free_port, write_private
from services.runtime.houses import NAMES
from shared.carrying.topology import VHOST
from shared.settings import OPERATOR

SERVERS = ("postgres", "rabbitmq", "distribution", "epmd")
SUPERUSER = "postgres"


@dataclass(frozen=True, slots=True)
class Plan:
    """Ports by server and service; passwords by `superuser`, `broker.<user>`, `owner.<service>`
    and `run.<service>`. Lies in the site's folder, readable by its owner only."""

    ports: dict[str, int]
    passwords: dict[str, str]

    @classmethod
    def draw(cls) -> Self:
        """Free ports and random passwords."""
        roles = [f"{role}.{name}" for role in ("owner", "run", "broker") for name in NAMES]
        names = ("superuser", f"broker.{OPERATOR}", *roles)
        passwords = {name: token_urlsafe(24) for name in names}
        return cls(_ports((*SERVERS, *NAMES)), passwords)

    @classmethod
    def read(cls, file: Path) -> Self | None:
        """As kept; None where nothing was kept yet."""
        try:
            return cls(**json.loads(file.read_text("utf-8")))
        except FileNotFoundError:
            return None

    def keep(self, file: Path) -> None:
        """Write it whole."""
        write_private(file, json.dumps(asdict(self), indent=2) + "\n")

    def with_new_ports(self, names: Iterable[str]) -> "Plan":
        """Other ports where a stranger has taken ours."""
        return Plan(self.ports | _ports(names), self.passwords)

    def settings(self) -> dict[str, str]:
        """The site's settings.env: all that its services and commands need to know."""
        found = {"YINGBAO_MODE": "distributed"}
        for name in NAMES:
            found[f"YINGBAO_DATABASE_URL_{name.upper()}"] = self._database(name, "run")
            found[f"YINGBAO_OWNER_URL_{name.upper()}"] = self._database(name, "owner")
            found[f"YINGBAO_HTTP_{name.upper()}"] = f"{HOST}:{self.ports[name]}"
        for user in (OPERATOR, *NAMES):
            found[f"YINGBAO_BROKER_URL_{user.upper()}"] = self._broker(user)
        return found

    def broker_users(self) -> dict[str, str]:
        """Passwords by user of RabbitMQ."""
        return {user: self.passwords[f"broker.{user}"] for user in (OPERATOR, *NAMES)}

    def roles(self) -> dict[str, str]:
        """What deploy/postgres/roles.sh takes from its environment."""
        return {
            f"{role.upper()}_PASSWORD_{name.upper()}": self.passwords[f"{role}.{name}"]
            for role in ("owner", "run")
            for name in NAMES
        }

    def _database(self, service: str, role: str) -> str:
        user, password = f"{service}_{role}", self.passwords[f"{role}.{service}"]
        return f"postgresql://{user}:{password}@{HOST}:{self.ports['postgres']}/yingbao_{service}"

    def _broker(self, user: str) -> str:
        password = self.passwords[f"broker.{user}"]
        return f"amqp://{user}:{password}@{HOST}:{self.ports['rabbitmq']}/{VHOST}"


def write_settings(home: Path, settings: dict[str, str]) -> None:
    """Replace a site's settings.env."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    lines = "".join(f"{name}={value}\n" for name, value in settings.items())
    write_private(home / "settings.env", f"# written anew by every `make up`\n{lines}")


def _ports(names: Iterable[str]) -> dict[str, int]:
    """A free port for each, none twice."""
    wanted, found = list(names), dict[int, str]()
    while len(found) < len(wanted):
        found.setdefault(free_port(), wanted[len(found)])
    return {name: port for port, name in found.items()}
