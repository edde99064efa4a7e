#!/bin/sh
# The same fits, alternating between DL4J's own training master and ours:
#     dl4j.sh [rounds] [rows of a fit] [workers]
exec sh "$(dirname "$0")/run.sh" driver 3g dl4j.Dl4jBench "$@"
