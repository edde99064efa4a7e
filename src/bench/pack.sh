#!/bin/sh
# Seconds to pack a generated table, compared with Spark reading and writing the same rows:
#     pack.sh [rows] [cores] [rounds] [parquet|csv]
exec sh "$(dirname "$0")/run.sh" driver 2g data.pack.PackBench "$@"
