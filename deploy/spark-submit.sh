#!/usr/bin/env bash
# An example to copy: the same job by Spark's own spark-submit, without the launcher, on a standalone cluster.
# From an unpacked distribution, with SPARK_HOME set:   MASTER=spark://host:7077 deploy/spark-submit.sh conf/digits.yaml
# Job file, data and output must be where driver and executors can read them: a shared folder, HDFS, an object store.
#
# DEPLOY_MODE=cluster runs the driver on one of the cluster's workers, where it takes one core. Give the job file, the
# distribution and the output by paths that exist there. The driver's output is in the worker's work/ folder.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
mode=${DEPLOY_MODE:-client}
driver=("$home"/lib/evenstep-driver-*.jar)

jars=''
for jar in "$home"/lib/*.jar; do
  [ "$jar" = "${driver[0]}" ] || jars=${jars:+$jars,}$jar
done

options=()
if [ "$mode" = cluster ]; then
  # Spark 3.5 opens these packages everywhere except in a driver that a standalone cluster starts.
  opened=''
  for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent \
    java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
    opened+=" --add-opens=java.base/$package=ALL-UNNAMED"
  done
  # Spark 3.5 then waits, but exits with 0 even if the driver failed. The run is done when result.json exists.
  options=(--driver-java-options "$opened" --conf spark.standalone.submit.waitAppCompletion=true)
fi

exec "${SPARK_HOME:?set it to the folder of a Spark 3.5}/bin/spark-submit" \
  --master "${MASTER:?set it, for example to spark://host:7077}" \
  --deploy-mode "$mode" \
  --class io.evenstep.driver.cli.Main \
  --name evenstep \
  --jars "$jars" \
  --driver-memory "${EVENSTEP_DRIVER_MEMORY:-1g}" \
  --conf spark.executorEnv.OMP_NUM_THREADS=1 \
  --conf spark.dynamicAllocation.enabled=false \
  ${options[@]+"${options[@]}"} \
  "${driver[0]}" train "$@"
