#!/bin/sh
# Milliseconds of one shard's gradient in one run: the step program, the sum of its kernels' own times, and DL4J.
# Arguments: rows (32), rounds (7).
exec sh "$(dirname "$0")/run.sh" model 2g bench.KernelBench "$@"
