#!/bin/sh
# Times rounding, encoding and decoding of a vector for each format of training.wire.
# Arguments: floats (535818), rounds (200).
exec sh "$(dirname "$0")/run.sh" worker 1g bench.CodecBench "$@"
