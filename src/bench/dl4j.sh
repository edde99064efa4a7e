#!/bin/sh
# The same fits through DL4J's own training master and through ours, in turns: dl4j.sh [rounds] [rows of a fit] [workers]
exec sh "$(dirname "$0")/run.sh" driver 3g dl4j.Dl4jBench "$@"
