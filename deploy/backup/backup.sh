#!/usr/bin/env bash
# Backs a distributed site up beside its running services: PostgreSQL's cluster, then the site's
# folder. The secrets are not in it. What is right about the order, and restoring: docs/backup.md.
# Usage: YINGBAO_HOME=… [PGHOST=… PGPORT=… PGUSER=…] deploy/backup/backup.sh FOLDER
# The database user needs LOGIN REPLICATION and a replication line in pg_hba.conf.
set -euo pipefail
umask 077
[ $# -eq 1 ] || { echo "用法：YINGBAO_HOME=站点目录 $0 备份目录" >&2; exit 2; }
home=${YINGBAO_HOME:?请用 YINGBAO_HOME 指定站点目录}
target=$(realpath -m -- "$1")
[ -f "$home/site.json" ] || { echo "$home 中没有站点。" >&2; exit 1; }
[ ! -e "$target" ] || { echo "$target 已存在，没有改动。" >&2; exit 1; }

mkdir -p "$(dirname "$target")"
part="$(dirname "$target")/.$(basename "$target").$$.part"
trap 'rm -rf "$part"' EXIT
mkdir "$part" "$part/site"

cp -R "$home/signer" "$part/signed-before"
# --checkpoint=fast: begin at once. --wal-method=stream: with all WAL that makes it one moment.
pg_basebackup --pgdata="$part/cluster" --checkpoint=fast --wal-method=stream \
    --manifest-checksums=SHA256 --no-password
# After the cluster: a signer's record may be ahead of the databases, and then the signer refuses
# and says so; one that is behind would make its own checkpoints look forged.
for name in site.json clock public signer; do
    [ ! -e "$home/$name" ] || cp -R "$home/$name" "$part/site/$name"
done
if ! diff -r "$part/signed-before" "$part/site/signer" >/dev/null; then
    echo "备份期间有新的检查点签署：恢复后签名人可能拒签，见 docs/backup.md。" >&2
fi
rm -rf "$part/signed-before"

(cd "$part" && find site cluster/backup_manifest -type f -print0 | sort -z |
    xargs -0 sha256sum >SHA256SUMS)
find "$part/site" "$part/SHA256SUMS" -exec sync {} +
sync "$part"
mv --no-target-directory "$part" "$target"
sync "$(dirname "$target")"
trap - EXIT
echo "已备份到 $target。密钥（keys/）不在其中，请另行保管。"
