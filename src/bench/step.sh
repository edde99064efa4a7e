#!/bin/sh
# Shows where the time of a training step goes. Arguments: workers (2), epochs (3).
exec sh "$(dirname "$0")/run.sh" worker 2g bench.StepBench "$@"
