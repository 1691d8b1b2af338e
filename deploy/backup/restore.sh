#!/usr/bin/env bash
# Restores what backup.sh wrote: a PostgreSQL data folder and a site's folder, both new.
# Starts nothing; the steps that follow stand in docs/backup.md and are printed at the end.
# Usage: YINGBAO_HOME=… deploy/backup/restore.sh FOLDER DATA_FOLDER --signer SIGNER_FOLDER
#        YINGBAO_HOME=… deploy/backup/restore.sh FOLDER DATA_FOLDER --rewind
# --signer: the signers' records that outlived the lost site; a signer who knows of more than the
# backup holds refuses to sign. --rewind: those of the backup.
# Run it as the user that PostgreSQL runs as, or give DATA_FOLDER to that user afterwards.
set -euo pipefail
umask 077
case "$#:${3:-}" in
    4:--signer) signer=$(realpath -- "$4") ;;
    3:--rewind) signer= ;;
    *) echo "用法：YINGBAO_HOME=站点目录 $0 备份目录 数据目录 --signer 原站点留存的signer目录
      或以 --rewind 代替 --signer，从备份时签起（见 docs/backup.md）。" >&2; exit 2 ;;
esac
source=$(realpath -- "$1")
data=$(realpath -m -- "$2")
home=$(realpath -m -- "${YINGBAO_HOME:?请用 YINGBAO_HOME 指定站点目录}")

# free FOLDER: it isn't there yet, or is empty.
free() {
    [ ! -e "$1" ] || [ -d "$1" -a -z "$(ls -A "$1")" ] ||
        { echo "$1 不是空目录，没有改动。" >&2; exit 1; }
}
free "$data"
free "$home"
[ -z "$signer" ] || ls "$signer"/*/state.json >/dev/null 2>&1 ||
    { echo "$signer 中没有签名人的记录，没有恢复任何内容。" >&2; exit 1; }

# All of it is checked before anything is written.
verify=$(command -v pg_verifybackup || echo "$(pg_config --bindir)/pg_verifybackup")
(cd "$source" && sha256sum --check --strict --quiet SHA256SUMS) ||
    { echo "备份与其校验和不符，没有恢复任何内容。" >&2; exit 1; }
"$verify" --quiet "$source/cluster" ||
    { echo "数据库备份与其清单不符，没有恢复任何内容。" >&2; exit 1; }

# place FROM TO [SIGNER]: whole or not at all; SIGNER in the place of the signer/ in FROM.
place() {
    part="$(dirname "$2")/.$(basename "$2").$$.part"
    mkdir -p "$(dirname "$2")"
    rm -rf "$part"
    cp -R "$1" "$part"
    if [ -n "${3:-}" ]; then
        rm -rf "$part/signer"
        cp -R "$3" "$part/signer"
    fi
    find "$part" -exec sync {} +
    [ ! -d "$2" ] || rmdir "$2"
    mv --no-target-directory "$part" "$2"
    sync "$(dirname "$2")"
}
place "$source/cluster" "$data"
place "$source/site" "$home" "$signer"
chmod 0700 "$data"

cat <<STEPS
已恢复：数据库 $data，站点 $home。接下来：
  0. 把两个目录交给各自的用户，例如 chown -R postgres: $data 和 chown -R yingbao: $home；
  1. 在该数据目录上启动 PostgreSQL，它会自行恢复到备份的那一刻；
  2. 放回 keys/ 和 settings.env（不在备份里）；
  3. 清空 RabbitMQ 上本站点的虚拟主机，再运行 yingbao topology：旧队列里可能有已丢失的事实；
  4. yingbao verify，并用别处留存的检查点核对：yingbao verify --checkpoint 文件；
  5. 一切完好后再启动各服务。
STEPS
