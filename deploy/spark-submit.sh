#!/usr/bin/env bash
# An example to copy: the same job by Spark's own spark-submit, without the launcher, on a standalone cluster.
# From an unpacked distribution, with SPARK_HOME set:   MASTER=spark://host:7077 deploy/spark-submit.sh conf/digits.yaml
# Job file, data and output must be where driver and executors can read them: a shared folder, HDFS, an object store.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jars=$(printf '%s,' "$home"/lib/*.jar)

exec "${SPARK_HOME:?set it to the folder of a Spark 3.5}/bin/spark-submit" \
  --master "${MASTER:?set it, for example to spark://host:7077}" \
  --class io.evenstep.driver.cli.Main \
  --name evenstep \
  --jars "${jars%,}" \
  --driver-memory "${EVENSTEP_DRIVER_MEMORY:-1g}" \
  --conf spark.executorEnv.OMP_NUM_THREADS=1 \
  --conf spark.dynamicAllocation.enabled=false \
  "$home"/lib/evenstep-driver-*.jar train "$@"
