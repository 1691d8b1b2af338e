"""What an officer or operator reads when something can't be done."""

import sqlite3
import sys
from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import DatabaseError

from services.runtime.home import CharterUnreadable, ClockForbidden, NoSite
from services.runtime.lock import SiteBusy
from services.runtime.secrets import SecretMissing
from shared.database import NotDurable
from shared.log.note import NoteError
from shared.log.verification import NotNumbered
from shared.migration import SchemaNotCurrent
from shared.policy_rows import PolicyUnusable
from shared.refusal import Refusal
from shared.settings import SettingMissing, SettingRefused

SENTENCES: dict[type[Exception], Callable[[Any], str]] = {
    Refusal: str,
    SettingMissing: str,
    SettingRefused: str,
    SiteBusy: str,
    ClockForbidden: str,
    NoSite: lambda e: f"{e} 中没有站点。请先运行 yingbao init，或用 YINGBAO_HOME 指定站点目录。",
    SchemaNotCurrent: lambda e: f"数据库结构与程序版本不一致（{e}），请先运行 yingbao migrate。",
    NotDurable: lambda e: f"数据库服务器可能丢失已确认的数据，不能用来存日志（{e}）。",
    SecretMissing: lambda e: f"缺少密钥 {e}：请设置环境变量或恢复 keys 目录。",
    CharterUnreadable: str,
    NotNumbered: str,
    PolicyUnusable: str,
    NoteError: lambda e: f"检查点文件无法读取：{e}",
    FileNotFoundError: lambda e: f"找不到文件：{e.filename}",
    PermissionError: lambda e: f"没有权限读写：{e.filename}",
    OSError: lambda e: f"无法读写 {e.filename or ''}：{e.strerror}",
    sqlite3.Error: lambda e: f"数据库文件无法读取或已损坏：{e}",
    DatabaseError: lambda e: f"数据库无法读取或已损坏：{type(e.orig).__name__}: {e.orig}",
}

ELSEWHERE: dict[str, Callable[[Any], str]] = {
    "services.runtime.reading:CopyIncomplete": lambda e: (
        f"只读副本不完整：{e} 还有未合并的写入，请先在可写的地方打开一次。"
    ),
    "services.runtime.signers:KeyUnreadable": str,
    "services.runtime.backups:PlaceTaken": str,
    "services.runtime.manifest:BackupDamaged": str,
    "services.runtime.rewinding:NotRewound": str,
    "services.reporting.mirror:CopyDamaged": lambda e: (
        f"监督记录的副本残缺（{e}），请运行 yingbao verify 查明。"
    ),
    "shared.carrying.rabbit.declaring:NotDeclared": str,
    "services.runtime.distributed:NotComingToRest": lambda e: (
        f"各服务迟迟没有处理完（{e}），请用 yingbao health 查看各服务；演示可用 --resume 继续。"
    ),
    "services.runtime.embedded:SigningFailed": lambda e: (
        f"命令已记录，但日志 {e} 未能签名，请查看运行日志并尽快处理。"
    ),
}
"""Kinds of parts that a single service's image doesn't hold. Where such a part was never imported,
no error can be of its kind."""


def sentence_of(error: Exception) -> str | None:
    """One sentence for errors that are answers; None for bugs, which keep their traceback."""
    for kind, sentence in [*_loaded(), *SENTENCES.items()]:
        if isinstance(error, kind):
            return sentence(error)
    return None


def _loaded() -> list[tuple[type[Exception], Callable[[Any], str]]]:
    places = [(place.partition(":"), sentence) for place, sentence in ELSEWHERE.items()]
    return [
        (getattr(sys.modules[module], name), sentence)
        for (module, _, name), sentence in places
        if module in sys.modules
    ]
