#!/usr/bin/env bash
# Makes a site's secrets, each in a file of its own, for docker-compose.yml and for deploy/systemd.
# What is there already stays, so it may be run again after a service was added.
# Usage: deploy/secrets.sh [FOLDER [POSTGRES_HOST:PORT [RABBITMQ_HOST:PORT]]]
set -euo pipefail
umask 077
folder=${1:-"$(dirname "${BASH_SOURCE[0]}")/../var/secrets"}
postgres=${2:-postgres:5432}
rabbitmq=${3:-rabbitmq:5672}
mkdir -p "$folder"
cd "$folder"

# put NAME TEXT: a new file, complete or not there at all. Only the folder keeps others of this
# machine out: the container that is handed a file reads it under a user of its own.
put() {
    [ ! -e "$1" ] || return 0
    printf '%s\n' "$2" >".$1.new"
    chmod 0444 ".$1.new"
    mv ".$1.new" "$1"
}

# fresh: 32 random bytes as 64 hexadecimal digits; safe in a URL as well.
fresh() {
    od -A n -v -t x1 -N 32 /dev/urandom | tr -d ' \n'
}

put postgres-password "$(fresh)"
for name in carrier pseudonym token witness; do
    put "$name" "$(fresh)"
done
for user in operator gateway intake review payments reporting; do
    put "broker-url-$user" "amqp://$user:$(fresh)@$rabbitmq/yingbao"
done
# A role's password alone for the server, which makes the role; within the address for who uses it.
for service in gateway intake review payments reporting; do
    put "master-$service" "$(fresh)"
    put "log-$service" "$(fresh)"
    put "owner-password-$service" "$(fresh)"
    put "run-password-$service" "$(fresh)"
    owner=${service}_owner:$(cat "owner-password-$service")
    run=${service}_run:$(cat "run-password-$service")
    put "owner-url-$service" "postgresql://$owner@$postgres/yingbao_$service"
    put "database-url-$service" "postgresql://$run@$postgres/yingbao_$service"
done
