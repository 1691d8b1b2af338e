"""Backup and restore of an embedded site, and what a signer needs after one."""

from pathlib import Path

import click

from services.runtime.backups import back_up, copy_keys, restore
from services.runtime.home import Home
from services.runtime.houses import NAMES
from services.runtime.lock import SiteLock
from services.runtime.rewinding import rewind as rewind_signer
from services.runtime.verifying import verify_log
from shared.settings import Settings

FOLDER = click.Path(file_okay=False, path_type=Path)
EXISTING = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", type=FOLDER)
@click.option(
    "--with-keys", "keys_folder", type=FOLDER, metavar="FOLDER2",
    help="Also copy the site's secrets, into a folder of their own.",
)  # fmt: skip
@click.pass_obj
def backup(settings: Settings, folder: Path, keys_folder: Path | None) -> None:
    """Back the site up into FOLDER, which must not exist yet; a running site goes on.

    All databases are of one moment. Secrets are NOT in it: without keys/ nobody reads a name out
    of a backup, and without keys/ a restored site can't read one either. Keep them apart, on
    another medium. Documents (rosters/, bank/, sheets/) are not in it: they name people.

    A distributed site is backed up with deploy/backup/backup.sh.
    """
    home = _embedded(settings, "deploy/backup/backup.sh")
    if keys_folder is not None and _within(keys_folder, folder):
        raise click.ClickException("密钥不能放进备份目录里：备份一旦外泄，个人信息就能读出。")
    manifest = back_up(home, folder)
    click.echo(f"已备份到 {folder}：")
    for log, extent in manifest.logs.items():
        click.echo(f"      {log}  {extent.size} 条，已签 {extent.signed} 条")
    if keys_folder is None:
        click.echo("密钥（keys/）不在备份里，请另行备份（--with-keys），存放在别处。")
    else:
        count = copy_keys(settings.keys, keys_folder)
        click.echo(f"{count} 个密钥已复制到 {keys_folder}。它与备份放在一起，就等于没有加密。")


@click.command("restore")
@click.argument("folder", type=EXISTING)
@click.option("--keys", type=EXISTING, help="The copied secrets, as --with-keys wrote them.")
@click.option(
    "--signer", type=EXISTING,
    help="The signer/ folder of the lost site, where it has outlived it.",
)  # fmt: skip
@click.option("--rewind", is_flag=True, help="Take the signers' records from the backup.")
@click.pass_obj
def restore_(
    settings: Settings, folder: Path, keys: Path | None, signer: Path | None, rewind: bool
) -> None:
    """Restore the backup in FOLDER to YINGBAO_HOME, which must be empty, and verify every log.

    Facts that came after the backup are lost, and the restored signer would sign another history
    in their place; so say where its records come from. --signer: from the lost site; a signer who
    knows of more than the backup holds refuses to sign until `yingbao rewind`. --rewind: from the
    backup. Whoever holds a newer checkpoint sees the loss (`yingbao verify --checkpoint FILE`).

    Exit status 0: restored, and every log verifies.
    """
    home = _embedded(settings, "deploy/backup/restore.sh")
    if (signer is None) != rewind:
        raise click.UsageError(
            "请用 --signer 指定原站点留存的 signer 目录，或用 --rewind 从备份时签起。"
        )
    manifest = restore(folder, home, signer)
    if keys is not None:
        copy_keys(keys, home.path / "keys")
    click.echo(f"已恢复到 {home.path}（备份于 {manifest.made_at}）。")
    reports = [verify_log(home, name) for name in NAMES]
    for report in reports:
        click.echo(f"{'完好' if report.ok else '有误'}  {report.log}  {report.size} 条")
        for found in report.findings:
            click.echo(f"      {found.sentence} [{found.kind}]")
    click.echo(
        "备份之后的事实已不在其中。请用别处留存的检查点核对：yingbao verify --checkpoint 文件"
    )
    if keys is None:
        click.echo("密钥不在备份里：请把 keys/ 放回站点目录，否则站点不能运行。")
    raise click.exceptions.Exit(0 if all(report.ok for report in reports) else 1)


@click.command()
@click.argument("service", type=click.Choice(NAMES))
@click.pass_obj
def rewind(settings: Settings, service: str) -> None:
    """After a restore: let SERVICE's signer sign on from what the restored log holds.

    Only for a signer that refuses because it remembers more than the log holds, and only once it
    is decided and put on paper that those facts are lost. Stop the service first. Checkpoints in
    between that others hold will contradict the log for ever.
    """
    home = Home.of(settings)
    home.charter()
    lock = SiteLock(home.path / "site.lock").take() if home.settings is None else None
    try:
        done = rewind_signer(home, service)
    finally:
        if lock is not None:
            lock.release()
    click.echo(
        f"{done.log}：签名人原已签到 {done.before} 条，现从 {done.now} 条签起。请留下书面记录。"
    )


def _embedded(settings: Settings, otherwise: str) -> Home:
    home = Home.of(settings)
    if home.settings is not None:
        raise click.ClickException(f"分布式站点请用 {otherwise}（见 docs/backup.md）。")
    return home


def _within(one: Path, other: Path) -> bool:
    """Whether one folder is the other, or lies in it."""
    return one.resolve().is_relative_to(other.resolve())
