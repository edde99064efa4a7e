#!/bin/sh
# Accuracy on MNIST and bytes that a host sends for a step, for each way to keep replicas in agreement.
# Arguments: the folder of MNIST, seeds (3), epochs (8), units of the hidden layers (512,256), a regular expression for
# the names of the ways to measure (all).
exec sh "$(dirname "$0")/run.sh" worker 2g bench.SlowNetworks "${1:?folder of MNIST}" "${2:-3}" "${3:-8}" "${4:-512,256}" \
  "${5:-.*}"
