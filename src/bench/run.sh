#!/bin/sh
# Builds the worker's tests and runs one of their main classes: run.sh CLASS ARGUMENTS...
set -e
cd "$(dirname "$0")/../.."
mvn=./mvnw
[ -x "$mvn" ] || mvn=mvn
"$mvn" -B -q ${MAVEN_ARGS:-} -pl worker -am test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/bench.classpath -Dmdep.includeScope=test
main=$1
shift
export OMP_NUM_THREADS=1
exec java -Xmx2g -cp "worker/target/test-classes:worker/target/classes:$(cat worker/target/bench.classpath)" \
  "io.evenstep.worker.bench.$main" "$@"
