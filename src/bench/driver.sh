#!/bin/sh
# Builds the driver's tests and runs one of their main classes, in a package of io.evenstep.driver: driver.sh PACKAGE.CLASS ARGUMENTS...
set -e
cd "$(dirname "$0")/../.."
mvn=./mvnw
[ -x "$mvn" ] || mvn=mvn
"$mvn" -B -q ${MAVEN_ARGS:-} -pl driver -am test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/bench.classpath -Dmdep.includeScope=test
main=$1
shift
export OMP_NUM_THREADS=1
opens=""
for package in lang lang.invoke lang.reflect io net nio util util.concurrent util.concurrent.atomic; do
  opens="$opens --add-opens=java.base/java.$package=ALL-UNNAMED"
done
for package in nio.ch nio.cs security.action util.calendar; do
  opens="$opens --add-opens=java.base/sun.$package=ALL-UNNAMED"
done
exec java -Xmx3g $opens -cp "driver/target/test-classes:driver/target/classes:$(cat driver/target/bench.classpath)" \
  "io.evenstep.driver.$main" "$@"
