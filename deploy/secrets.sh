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

# url NAME SCHEME ROLE HOST PATH: an address with a password of its own.
url() {
    put "$1" "$2://$3:$(fresh)@$4/$5"
}

put postgres-password "$(fresh)"
for name in carrier pseudonym token witness; do
    put "$name" "$(fresh)"
done
url broker-url-operator amqp operator "$rabbitmq" yingbao
for service in gateway intake review payments reporting; do
    put "master-$service" "$(fresh)"
    put "log-$service" "$(fresh)"
    url "broker-url-$service" amqp "$service" "$rabbitmq" yingbao
    url "owner-url-$service" postgresql "${service}_owner" "$postgres" "yingbao_$service"
    url "database-url-$service" postgresql "${service}_run" "$postgres" "yingbao_$service"
done
