"""deploy/systemd.md: its lines can be typed, and hand over what the operator's commands need."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.papers import ROOT
from tests.deploy.compose import environment

PAPERS = ("deploy/systemd.md", "deploy/compose.md")


def blocks(paper: str) -> list[str]:
    """The lines to type, block by block."""
    text = (ROOT / paper).read_text("utf-8")
    return re.findall(r"^```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("paper", PAPERS)
def test_every_block_is_a_shell_s(paper: str) -> None:
    """Bash reads it to its end."""
    assert blocks(paper)
    for block in blocks(paper):
        read = subprocess.run(["bash", "-n"], input=block, capture_output=True, encoding="utf-8",
                              check=False)  # fmt: skip
        assert (0, "") == (read.returncode, read.stderr), block


def test_the_operator_s_shell_has_what_the_operator_s_container_has(tmp_path: Path) -> None:
    """Every secret that deploy/secrets.sh makes, by its file, under the same setting."""
    secrets = tmp_path / "secrets"
    subprocess.run([ROOT / "deploy/secrets.sh", secrets], check=True)
    (tmp_path / "site.env").write_bytes((ROOT / "deploy/systemd/site.env").read_bytes())
    [lines] = [block for block in blocks("deploy/systemd.md") if "site.env" in block]

    said = subprocess.run(
        ["bash", "-euc", lines.replace("/etc/yingbao", str(tmp_path)) + "env"],
        env={"PATH": "/usr/bin:/bin"}, check=True, stdout=subprocess.PIPE, encoding="utf-8",
    ).stdout  # fmt: skip
    given = dict(line.split("=", 1) for line in said.splitlines() if line.startswith("YINGBAO_"))
    files = {key: Path(path) for key, path in given.items() if key.endswith("_FILE")}

    assert "distributed" == given["YINGBAO_MODE"]
    assert {key: Path(path).name for key, path in environment("operator").items()} == {
        key: path.name for key, path in files.items()
    }
    assert all(path.is_file() for path in files.values())
