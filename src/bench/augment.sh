#!/bin/sh
# The time to augment a batch of MNIST, compared with LeNet's gradient. No arguments.
exec sh "$(dirname "$0")/run.sh" worker 2g bench.AugmentBench "$@"
