"""A backup is a moment of the whole site; what was restored goes on, and what was lost shows."""

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from services.runtime.backups import PlaceTaken, back_up, copy_keys, restore
from services.runtime.embedded import open_site
from services.runtime.home import Home
from services.runtime.houses import NAMES
from services.runtime.manifest import BackupDamaged, Manifest
from services.runtime.reading import newest_checkpoint
from services.runtime.rewinding import NotRewound, rewind
from services.runtime.verifying import verify_log
from shared.log.growth import NotConsistent
from shared.log.integrator import Integrator
from shared.log.note import Note
from tests.plays import PLAY, Play
from tests.processes import SERVICES, facts_by_name, facts_count, finished, start, yingbao
from tests.sites import TrialSite

Copy = Callable[[], Path]


def register(site: TrialSite, code: str) -> None:
    """One more fact in the gateway's log, heard of by all."""
    site.do("admin", "register_unit", unit=code, title="某镇", kind="TOWNSHIP",
            from_on="2021-02-01")  # fmt: skip


def wrong(home: Path) -> list[tuple[str, object]]:
    """What verification finds in all logs."""
    return [(r.log, f) for n in NAMES for r in [verify_log(Home(home), n)] for f in r.findings]


def ahead(home: Path) -> list[tuple[str, str]]:
    """Followers that have followed more than their source has."""
    found = []
    for follower in SERVICES:
        with closing(sqlite3.connect(home / f"{follower}.db")) as conn:
            cursors = conn.execute("SELECT log, position FROM follow_cursor").fetchall()
        for log, position in cursors:
            source = log.rpartition("/")[2]
            with closing(sqlite3.connect(home / f"{source}.db")) as conn:
                [(head,)] = conn.execute("SELECT coalesce(max(position), -1) FROM fact")
            if position > head:
                found.append((follower, log))
    return found


def test_a_restored_site_is_the_site(
    finished_play: Play, copied_play: Copy, tmp_path: Path
) -> None:
    """Every fact, every log whole; the same summary when the demo is asked to go on."""
    back_up(Home(copied_play()), tmp_path / "backup")
    home = tmp_path / "new" / "home"
    restore(tmp_path / "backup", Home(home))
    copy_keys(finished_play.home / "keys", home / "keys")
    assert facts_by_name(finished_play.home) == facts_by_name(home)
    assert [] == wrong(home)
    said = yingbao(home, *PLAY, "--resume")
    assert 0 == said.returncode, said.stderr
    before, after = (
        json.loads((place / "summary.json").read_text("utf-8"))
        for place in (finished_play.home, home)
    )
    assert before | {"seconds": 0} == after | {"seconds": 0}


def test_backups_beside_a_writer_are_each_of_one_moment(tmp_path: Path) -> None:
    """Taken one after the other while a month is played: no follower ahead, every log whole."""
    home, sizes = tmp_path / "home", list[int]()
    playing = start(home, *PLAY)
    while playing.poll() is None and len(sizes) < 8:
        if facts_count(home) == 0:
            continue
        backup, restored = (tmp_path / f"{what}-{len(sizes)}" for what in ("backup", "restored"))
        manifest = back_up(Home(home), backup)
        restore(backup, Home(restored))
        sizes.append(sum(extent.size for extent in manifest.logs.values()))
        assert sizes[-1] == facts_count(restored)
        assert [] == ahead(restored)
        assert [] == wrong(restored)
    assert 0 == finished(playing).returncode
    assert sizes[0] < facts_count(home)
    assert sorted(sizes) == sizes


def test_a_backup_from_the_middle_goes_on_to_the_same_end(
    finished_play: Play, tmp_path: Path
) -> None:
    """The month is interrupted by a loss of everything but the last backup and the keys."""
    home, backup = tmp_path / "home", tmp_path / "backup"
    playing = start(home, *PLAY)
    while facts_count(home) < facts_count(finished_play.home) // 2:
        assert playing.poll() is None
    back_up(Home(home), backup)
    playing.send_signal(signal.SIGKILL)
    finished(playing)
    restored = tmp_path / "restored"
    restore(backup, Home(restored))
    copy_keys(home / "keys", restored / "keys")
    assert facts_count(restored) < facts_count(finished_play.home)
    said = yingbao(restored, *PLAY, "--resume")
    assert 0 == said.returncode, said.stderr
    assert facts_by_name(finished_play.home) == facts_by_name(restored)
    assert [] == wrong(restored)


def test_a_backup_holds_no_secret_and_no_document(copied_play: Copy, tmp_path: Path) -> None:
    """Only what the manifest names, for its owner alone; no secret's bytes in any file."""
    home, backup = copied_play(), tmp_path / "backup"
    manifest = back_up(Home(home), backup)
    files = {str(p.relative_to(backup)): p for p in backup.rglob("*") if p.is_file()}
    assert {"manifest.json", *manifest.files} == files.keys()
    assert {0o600} == {path.stat().st_mode & 0o777 for path in files.values()}
    content = b"".join(path.read_bytes() for path in files.values())
    for secret in (home / "keys").iterdir():
        text = secret.read_text("ascii").strip()
        assert text.encode() not in content
        assert bytes.fromhex(text) not in content
    assert {"databases": 5, "signers": 5} == {
        "databases": sum(name.endswith(".db") for name in files),
        "signers": sum(name.startswith("signer/") for name in files),
    }


@pytest.mark.parametrize("name", ["review.db", "site.json", "signer/gateway/state.json", "clock"])
def test_a_flipped_byte_is_refused_and_nothing_is_put_in_place(
    trial_site: TrialSite, tmp_path: Path, name: str
) -> None:
    """In whichever file."""
    backup, home = tmp_path / "backup", tmp_path / "home"
    trial_site.site.checkpoint()
    back_up(Home(trial_site.path), backup)
    damaged = bytearray((backup / name).read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (backup / name).write_bytes(damaged)
    with pytest.raises(BackupDamaged, match=name):
        restore(backup, Home(home))
    assert {"backup", "site"} == {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize(
    "edit",
    [
        lambda files: files.pop("review.db"),
        lambda files: files.update({"../escaped": files["clock"]}),
        lambda files: files.update({"keys/token": files["clock"]}),
        lambda files: files.update({"not-there": files["clock"]}),
    ],
    ids=["a database fewer", "outside the folder", "among the secrets", "a file that is not there"],
)
def test_a_manifest_that_is_not_ours_is_refused(
    trial_site: TrialSite, tmp_path: Path, edit: Callable[[dict[str, object]], object]
) -> None:
    """Whatever somebody wrote into it, nothing is put in place or anywhere else."""
    backup = tmp_path / "backup"
    back_up(Home(trial_site.path), backup)
    manifest = json.loads((backup / "manifest.json").read_text("utf-8"))
    edit(manifest["files"])
    (backup / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(BackupDamaged):
        restore(backup, Home(tmp_path / "home"))
    assert {"backup", "site"} == {path.name for path in tmp_path.iterdir()}


def test_a_folder_that_holds_something_is_left_alone(trial_site: TrialSite, tmp_path: Path) -> None:
    """By backup and by restore; an empty one may be filled."""
    home = Home(trial_site.path)
    (tmp_path / "backup").mkdir()
    back_up(home, tmp_path / "backup")
    with pytest.raises(PlaceTaken):
        back_up(home, tmp_path / "backup")
    with pytest.raises(PlaceTaken):
        restore(tmp_path / "backup", home)
    assert [] == wrong(trial_site.path)


DIES_AT = """
import os, signal, sys
from pathlib import Path
from services.runtime import backups, manifest
from services.runtime.home import Home

home, target, moments = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
def counted(really):
    def then(*words):
        global moments
        moments -= 1
        if moments < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return really(*words)
    return then
manifest.durable = counted(manifest.durable)
backups.durable_folder = counted(backups.durable_folder)
backups.back_up(Home(home), target)
"""


def test_a_backup_that_dies_is_no_backup(trial_site: TrialSite, tmp_path: Path) -> None:
    """Killed before each write that must last: nothing, or all of it, lies in its place."""
    trial_site.site.checkpoint()
    whole, moments = 0, 0
    while whole < 2:
        target = tmp_path / f"backup-{moments}"
        words = [sys.executable, "-c", DIES_AT, str(trial_site.path), str(target), str(moments)]
        died = subprocess.run(words, check=False).returncode == -signal.SIGKILL
        if target.exists():
            restore(target, Home(tmp_path / f"home-{moments}"))
            whole += 1
        else:
            assert died
        moments += 1
    assert moments > 10


def test_a_newer_checkpoint_tells_that_facts_were_lost(
    trial_site: TrialSite, tmp_path: Path
) -> None:
    """Whoever kept one sees it, also after the restored signer has signed another history."""
    register(trial_site, "411603103")
    trial_site.site.checkpoint()
    back_up(Home(trial_site.path), tmp_path / "backup")
    register(trial_site, "411603104")
    trial_site.site.checkpoint()
    newer = Note.parse(str(newest_checkpoint(Home(trial_site.path), "gateway")))
    home = Home(tmp_path / "home")
    restore(tmp_path / "backup", home)
    copy_keys(trial_site.path / "keys", home.path / "keys")
    assert ["truncated"] == [f.kind for f in verify_log(home, "gateway", [newer]).findings]
    with open_site(home.path) as site:
        token = site.token("admin")
        for code in ("411603105", "411603106"):
            unit = {"unit": code, "title": "另一镇", "kind": "TOWNSHIP", "from_on": "2021-02-01"}
            assert site.execute("register_unit", unit, token, trial_site.command_id()).done
        site.checkpoint()
    assert verify_log(home, "gateway").ok
    assert not verify_log(home, "gateway", [newer]).ok


def test_a_signer_who_remembers_more_refuses_until_it_is_rewound(
    trial_site: TrialSite, tmp_path: Path
) -> None:
    """Its record outlived the site: nothing is signed over what was lost before people decide."""
    register(trial_site, "411603103")
    trial_site.site.checkpoint()
    back_up(Home(trial_site.path), tmp_path / "backup")
    stored = verify_log(Home(trial_site.path), "gateway").size
    for code in ("411603104", "411603105"):
        register(trial_site, code)
        trial_site.site.checkpoint()
    home = Home(tmp_path / "home")
    restore(tmp_path / "backup", home, trial_site.path / "signer")
    copy_keys(trial_site.path / "keys", home.path / "keys")
    assert not verify_log(home, "gateway").ok
    with open_site(home.path) as site:
        with pytest.raises(NotConsistent):
            site.integrators["gateway"].step()
        done = rewind(home, "gateway")
        assert (stored + 2, stored) == (done.before, done.now)
        assert site.integrators["gateway"].step() is None
    assert verify_log(home, "gateway").ok
    with pytest.raises(NotRewound):
        rewind(home, "gateway")


def test_nobody_is_rewound_to_a_history_that_the_signer_never_signed(
    trial_site: TrialSite,
) -> None:
    """A stored checkpoint under another key would otherwise become the signer's own."""
    trial_site.site.checkpoint()
    home = Home(trial_site.path)
    home.signer_state("gateway").unlink()
    key = home.public_key("gateway")
    own = key.read_text("ascii")
    key.write_text(home.public_key("intake").read_text("ascii"), "ascii")
    with pytest.raises(NotRewound):
        rewind(home, "gateway")
    assert not home.signer_state("gateway").exists()
    key.write_text(own, "ascii")
    assert rewind(home, "gateway").now == verify_log(home, "gateway").size


def test_a_record_one_ahead_of_the_backup_is_taken_up_as_after_a_crash(
    trial_site: TrialSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signer had signed and waited to store when the backup's moment came."""
    trial_site.site.checkpoint()
    register(trial_site, "411603103")

    def in_that_moment(*_: object) -> None:
        back_up(Home(trial_site.path), tmp_path / "backup")

    with monkeypatch.context() as patch:
        patch.setattr(Integrator, "_store", in_that_moment)
        trial_site.site.integrators["gateway"].step()
    home = Home(tmp_path / "home")
    restore(tmp_path / "backup", home)
    copy_keys(trial_site.path / "keys", home.path / "keys")
    assert Manifest.read(tmp_path / "backup").logs["411603/gateway"].signed < (
        verify_log(home, "gateway").size
    )
    assert [] == wrong(home.path)
    with open_site(home.path) as site:
        site.checkpoint()
    assert [] == wrong(home.path)


def test_the_commands_say_what_is_not_in_a_backup(copied_play: Copy, tmp_path: Path) -> None:
    """And keys go to a place of their own or nowhere."""
    home, backup, keys = copied_play(), tmp_path / "backup", tmp_path / "apart"
    inside = yingbao(home, "backup", str(backup), "--with-keys", str(backup / "keys"))
    assert (1, False) == (inside.returncode, backup.exists())
    plain = yingbao(home, "backup", str(tmp_path / "plain"))
    assert 0 == plain.returncode, plain.stderr
    assert "密钥（keys/）不在备份里" in plain.stdout
    done = yingbao(home, "backup", str(backup), "--with-keys", str(keys))
    assert 0 == done.returncode, done.stderr
    assert {p.name: 0o600 for p in (home / "keys").iterdir()} == {
        p.name: p.stat().st_mode & 0o777 for p in keys.iterdir()
    }
    undecided = yingbao(tmp_path / "new", "restore", str(backup))
    assert (2, False) == (undecided.returncode, (tmp_path / "new").exists())
    restored = yingbao(tmp_path / "new", "restore", str(backup), "--rewind", "--keys", str(keys))
    assert 0 == restored.returncode, restored.stdout
    assert 5 == restored.stdout.count("完好")
    assert "备份之后的事实已不在其中" in restored.stdout
    again = yingbao(tmp_path / "new", "restore", str(backup), "--rewind")
    assert (1, "不是空目录" in again.stderr) == (again.returncode, True)
