#!/bin/sh
# Trains the jobs of the course and prints the result of each. Arguments: part of a job's name (all), folder for
# pictures (none).
root=$(cd "$(dirname "$0")/../../.." && pwd)
JAVA_TOOL_OPTIONS="${JAVA_TOOL_OPTIONS:-} -Devenstep.root=$root" exec sh "$root/src/bench/run.sh" driver 2g cli.CourseJobs "$@"
