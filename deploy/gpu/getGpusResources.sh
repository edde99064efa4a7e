#!/usr/bin/env bash
# Tells Spark which NVIDIA cards a machine has, as spark.{driver,executor}.resource.gpu.discoveryScript:
#   {"name": "gpu", "addresses": ["0","1"]}
# The addresses are nvidia-smi's indexes; CUDA uses the same with CUDA_DEVICE_ORDER=PCI_BUS_ID.
set -euo pipefail
smi=${NVIDIA_SMI:-nvidia-smi}
command -v "$smi" >/dev/null || { echo "Cannot find $smi: is NVIDIA's driver installed?" >&2; exit 1; }
addresses=$("$smi" --query-gpu=index --format=csv,noheader | sed 's/[^0-9]//g; /^$/d; s/.*/"&"/' | paste -sd, -)
[ -n "$addresses" ] || { echo "Cannot find a GPU: $smi lists none" >&2; exit 1; }
printf '{"name": "gpu", "addresses": [%s]}\n' "$addresses"
