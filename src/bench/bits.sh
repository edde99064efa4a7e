#!/bin/sh
# The hash of the parameters of jobs of each kind with 1, 2 and 3 workers. A change that must not change results must
# leave the hashes equal. Arguments: digits.csv.gz, the folder of MNIST, rows of MNIST (4000), engine (dl4j).
exec sh "$(dirname "$0")/run.sh" driver 2g cli.BitsTable "${1:?digits.csv.gz}" "${2:?folder of MNIST}" "${3:-4000}" "${4:-dl4j}"
