#!/usr/bin/env bash
# Trains the digits on an emulated processor. Shows which native build is chosen there, that it runs, and whether this
# machine gives the same bits with the same build:
#     src/bench/emulated.sh [processor [job]]
# The processor is one of `qemu-x86_64 -cpu help`; the default is Nehalem, which has no AVX.
# Needs qemu-x86_64 (Debian: apt-get install qemu-user). If the processor lacks an instruction, SIGILL ends the job.
set -euo pipefail
processor=${1:-Nehalem}
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
job=$(readlink -f "${2:-$home/conf/digits.yaml}")
qemu=$(command -v qemu-x86_64) || { echo 'Missing qemu-x86_64: install it (Debian: apt-get install qemu-user)' >&2; exit 78; }
"$home/deploy/evenstep" --version >/dev/null # builds what is missing, without emulation

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
java=$(readlink -f "$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java")")
mkdir -p "$folder/java/bin"
printf '#!/bin/sh\nexec "%s" -cpu "%s" "%s" "$@"\n' "$qemu" "$processor" "$java" >"$folder/java/bin/java"
chmod +x "$folder/java/bin/java"

cd "$folder"
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE DNNL_MAX_CPU_ISA # they are for this machine's processor
train() { # run id
  "$home/deploy/evenstep" train "$job" --master 'local[2]' --run-id "$1" \
    --set output="$folder/runs" --set training.epochs=3 || [ $? = 79 ] # three epochs may miss the gate
}
library() { grep -a -o 'library=[^,]*' "runs/$1/checkpoints/best.ckpt"; }
sha() { sed -n 's/.*"parametersSha256" *: *"\([0-9a-f]*\)".*/\1/p' "runs/$1/result.json"; }

JAVA_HOME=$folder/java train emulated
build=$(library emulated | sed 's/^library=[A-Za-z]*//; s/ .*//')
EVENSTEP_JAVA_OPTIONS="-Dorg.bytedeco.javacpp.platform.extension=$build ${EVENSTEP_JAVA_OPTIONS:-}" train here
for run in emulated here; do printf '%-8s %s  %s\n' "$run" "$(sha $run)" "$(library $run)"; done
