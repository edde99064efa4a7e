"""Prints what TensorBoard itself reads from a folder, as JSON: for scalars, tag to [[step, value]...]; under "histograms"
tag to [[step, least, greatest, number]...], under "images" tag to [[step, width, height]...], under "hparams" the
settings."""

import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams import plugin_data_pb2

events = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "histograms": 0, "images": 0}).Reload()
tags = events.Tags()
read = {tag: [[point.step, point.value] for point in events.Scalars(tag)] for tag in tags["scalars"]}
read["histograms"] = {tag: [[each.step, each.histogram_value.min, each.histogram_value.max, each.histogram_value.num]
                            for each in events.Histograms(tag)] for tag in tags["histograms"]}
read["images"] = {tag: [[each.step, each.width, each.height] for each in events.Images(tag)] for tag in tags["images"]}
read["hparams"] = {}
try:
    contents = events.PluginTagToContent("hparams")
except KeyError:
    contents = {}
for tag, content in contents.items():
    message = plugin_data_pb2.HParamsPluginData.FromString(content)
    for key, value in message.session_start_info.hparams.items():
        read["hparams"][key] = getattr(value, value.WhichOneof("kind"))
    if message.HasField("session_end_info"):
        read["ended"] = message.session_end_info.status
print(json.dumps(read))
