#!/bin/sh
# The hash of the parameters of jobs of each kind with 1, 2 and 3 workers: to be equal before and after a change that leaves results
# alone. Arguments: digits.csv.gz, the folder of MNIST, rows of MNIST (4000).
exec sh "$(dirname "$0")/run.sh" driver 2g cli.BitsTable "${1:?digits.csv.gz}" "${2:?folder of MNIST}" "${3:-4000}"
