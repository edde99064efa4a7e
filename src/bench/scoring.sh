#!/bin/sh
# Rows per second through a Spark ML model, compared with a single-threaded loop over the same network:
#     scoring.sh [rows] [cores] [rounds] [units of each hidden layer...]
exec sh "$(dirname "$0")/run.sh" driver 3g ml.ScoringBench "$@"
