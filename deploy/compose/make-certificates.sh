#!/bin/sh
# make-certificates.sh FOLDER [HOST ...]: an authority of your own in FOLDER, a certificate of the engine host for these
# names (default: engine), one for gateways, and one for Prometheus. Engine host and gateway believe nobody else. What is
# there already is kept: remove a .crt to have it made again. ca.key belongs somewhere safe, not on these machines.
set -eu
umask 077
folder=$1
shift
[ "$#" -gt 0 ] || set -- engine
mkdir -p "$folder"
cd "$folder"
days=825

[ -f ca.crt ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 \
  -keyout ca.key -out ca.crt -subj '/CN=Lorekeep engines' 2>/dev/null

names=''
for name in "$@"; do names="$names${names:+,}DNS:$name"; done

# sign NAME USAGE [SUBJECT-ALTERNATIVE-NAMES]
sign() {
  [ ! -f "$1.crt" ] || return 0
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" \
    -subj "/CN=Lorekeep $1" 2>/dev/null
  {
    echo 'basicConstraints=critical,CA:FALSE'
    echo "extendedKeyUsage=$2"
    [ -z "${3:-}" ] || echo "subjectAltName=$3"
  } >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days "$days" \
    -extfile "$1.ext" -out "$1.crt" 2>/dev/null
  rm -f "$1.csr" "$1.ext"
}
sign engine serverAuth "$names"
sign gateway clientAuth
sign prometheus clientAuth
# Containers read them as another user than the one who made them.
chmod 644 ./*.crt
chmod 640 engine.key gateway.key prometheus.key
