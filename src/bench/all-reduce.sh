#!/bin/sh
# Times the all-reduce without a network.
# Arguments: floats (535818), steps (1000), encrypted (to time it encrypted too).
exec sh "$(dirname "$0")/run.sh" worker 2g bench.AllReduceBench "$@"
