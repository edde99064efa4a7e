#!/bin/sh
# Rows a second through a Spark ML model, beside a loop of one thread over the same network:
# scoring.sh [rows] [cores] [rounds] [units of each hidden layer...]
exec sh "$(dirname "$0")/run.sh" driver 3g ml.ScoringBench "$@"
