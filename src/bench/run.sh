#!/bin/sh
# Builds a module's tests and runs one of their main classes:
#     run.sh MODULE HEAP CLASS ARGUMENTS...
# CLASS is the name within io.evenstep.MODULE. BENCH_BUILT=1 skips the build. BENCH_THREADS is the number of OpenMP
# threads of the process (1).
set -e
cd "$(dirname "$0")/../.."
mvn=./mvnw
[ -x "$mvn" ] || mvn=mvn
module=$1
heap=$2
main=$3
shift 3
[ -n "${BENCH_BUILT:-}" ] || "$mvn" -B -q ${MAVEN_ARGS:-} -pl "$module" -am test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/bench.classpath -Dmdep.includeScope=test
export OMP_NUM_THREADS="${BENCH_THREADS:-1}"
opens="" # packages that Spark needs on Java 17
for package in lang lang.invoke lang.reflect io net nio util util.concurrent util.concurrent.atomic; do
  opens="$opens --add-opens=java.base/java.$package=ALL-UNNAMED"
done
for package in nio.ch nio.cs security.action util.calendar; do
  opens="$opens --add-opens=java.base/sun.$package=ALL-UNNAMED"
done
exec java "-Xmx$heap" $opens -cp "$module/target/test-classes:$module/target/classes:$(cat "$module/target/bench.classpath")" \
  "io.evenstep.$module.$main" "$@"
