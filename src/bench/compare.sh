#!/usr/bin/env bash
# Evenstep, PyTorch, DL4J and Spark ML train the same networks on the same rows and cores, in turns:
#     compare.sh [--quick] [--help]
# Creates a Python environment under target/ (3 GB the first time) and builds our tests first. Needs Python 3.11 and a
# JDK 17.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
venv=$root/target/compare-venv
stamp=$venv/requirements.txt
# OpenBLAS settings of this machine would slow a current OpenBLAS, so no contender gets them.
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
if ! cmp -s "$here/compare/requirements.txt" "$stamp"; then
  "${PYTHON:-python3.11}" -m venv "$venv"
  "$venv/bin/pip" install -q -r "$here/compare/requirements.txt"
  cp "$here/compare/requirements.txt" "$stamp"
fi
if [ -z "${BENCH_BUILT:-}" ]; then
  # shellcheck disable=SC2086 # several options in one variable
  (cd "$root" && ./mvnw -B -q ${MAVEN_ARGS:-} -pl driver -am test-compile dependency:build-classpath \
    -Dmdep.outputFile=target/bench.classpath -Dmdep.includeScope=test)
fi
export BENCH_BUILT=1 PYTHONPATH=$here PYTHONDONTWRITEBYTECODE=1
exec "$venv/bin/python" -m compare "$@"
