package io.evenstep.driver.track;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenstep.worker.progress.ProgressEvent;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Messages {@code Summary.Value} of TensorBoard's {@code summary.proto} for what is no scalar, and
 * those of its plugin for hyperparameters ({@code plugin_data.proto} there).
 */
final class SummaryValues {
  private static final int TAG = 1; // fields of Summary.Value
  private static final int IMAGE = 4;
  private static final int HISTOGRAM = 5;
  private static final int TENSOR = 8;
  private static final int METADATA = 9;
  private static final int RGB = 3; // of Image.colorspace
  private static final int START_INFO = 3; // fields of HParamsPluginData
  private static final int END_INFO = 4;
  private static final int SUCCESS = 1; // of Status
  private static final int FAILURE = 2;

  private SummaryValues() {}

  /** How numbers are spread. */
  static ProtoBytes histogram(String tag, ProgressEvent.Histogram spread) {
    int buckets = spread.counts().size();
    double[] limits = new double[buckets];
    double[] counts = new double[buckets];
    double all = 0;
    for (int i = 0; i < buckets; i++) {
      limits[i] = spread.least() + (spread.greatest() - spread.least()) * (i + 1) / buckets;
      counts[i] = spread.counts().get(i);
      all += counts[i];
    }
    ProtoBytes message =
        new ProtoBytes()
            .number(1, spread.least())
            .number(2, spread.greatest())
            .number(3, all)
            .number(4, spread.sum())
            .number(5, spread.sumOfSquares())
            .numbers(6, limits)
            .numbers(7, counts);
    return new ProtoBytes().text(TAG, tag).message(HISTOGRAM, message);
  }

  /** A picture. */
  static ProtoBytes image(String tag, byte[] png) throws IOException {
    BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(png));
    ProtoBytes message =
        new ProtoBytes()
            .integer(1, decoded.getHeight())
            .integer(2, decoded.getWidth())
            .integer(3, RGB)
            .bytes(4, png);
    return new ProtoBytes().text(TAG, tag).message(IMAGE, message);
  }

  /** The settings of a run that begins. */
  static ProtoBytes sessionStart(JsonNode settings, String runId, Instant at) {
    ProtoBytes info = new ProtoBytes();
    for (Map.Entry<String, JsonNode> each : settings.properties()) {
      info.message(1, new ProtoBytes().text(1, each.getKey()).message(2, value(each.getValue())));
    }
    info.text(4, runId).number(5, at.toEpochMilli() / 1e3);
    return plugin("_hparams_/session_start_info", START_INFO, info);
  }

  /** How it ended. */
  static ProtoBytes sessionEnd(boolean success, Instant at) {
    ProtoBytes info =
        new ProtoBytes().integer(1, success ? SUCCESS : FAILURE).number(2, at.toEpochMilli() / 1e3);
    return plugin("_hparams_/session_end_info", END_INFO, info);
  }

  /** A {@code google.protobuf.Value}. */
  private static ProtoBytes value(JsonNode node) {
    if (node.isNumber()) {
      return new ProtoBytes().number(2, node.asDouble());
    }
    return node.isBoolean()
        ? new ProtoBytes().integer(4, node.asBoolean() ? 1 : 0)
        : new ProtoBytes().text(3, node.isTextual() ? node.asText() : node.toString());
  }

  /** The plugin's data; the tensor beside it has no numbers. */
  private static ProtoBytes plugin(String tag, int field, ProtoBytes info) {
    ProtoBytes content = new ProtoBytes().integer(1, 0).message(field, info);
    ProtoBytes data = new ProtoBytes().text(1, "hparams").message(2, content);
    ProtoBytes shape = new ProtoBytes().message(2, new ProtoBytes().integer(1, 0));
    ProtoBytes tensor = new ProtoBytes().integer(1, 1).message(2, shape); // float, [0]
    return new ProtoBytes()
        .text(TAG, tag)
        .message(TENSOR, tensor)
        .message(METADATA, new ProtoBytes().message(1, data));
  }
}
