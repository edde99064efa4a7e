#!/bin/sh
# What augmenting a batch of MNIST costs, beside LeNet's gradient. No arguments.
exec sh "$(dirname "$0")/run.sh" worker 2g bench.AugmentBench "$@"
