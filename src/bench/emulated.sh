#!/usr/bin/env bash
# Trains the digits on a processor that this machine is not, to see which native build is chosen there and that it runs:
#     src/bench/emulated.sh [processor]      one of `qemu-x86_64 -cpu help`; Nehalem, if not given, which has no AVX
# Needs qemu-x86_64 (Debian: apt-get install qemu-user). One instruction the processor does not have ends the job with SIGILL.
set -euo pipefail
processor=${1:-Nehalem}
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
qemu=$(command -v qemu-x86_64) || { echo 'Missing qemu-x86_64: install it (Debian: apt-get install qemu-user)' >&2; exit 78; }
"$home/deploy/evenstep" --version >/dev/null # builds what is missing, not emulated

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
java=$(readlink -f "$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java")")
mkdir -p "$folder/java/bin"
printf '#!/bin/sh\nexec "%s" -cpu "%s" "%s" "$@"\n' "$qemu" "$processor" "$java" >"$folder/java/bin/java"
chmod +x "$folder/java/bin/java"

cd "$folder"
JAVA_HOME=$folder/java "$home/deploy/evenstep" train "$home/conf/digits.yaml" --master 'local[2]' --run-id emulated \
  --set output="$folder/runs" --set training.epochs=3 --set gate.atLeast=0.9
grep -a -o 'library=[^,]*' runs/emulated/checkpoints/best.ckpt
