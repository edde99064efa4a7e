"""Prints the scalars that TensorBoard itself reads from a folder, as JSON: tag to [[step, value]...]."""

import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

events = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0}).Reload()
tags = events.Tags()["scalars"]
print(json.dumps({tag: [[point.step, point.value] for point in events.Scalars(tag)] for tag in tags}))
