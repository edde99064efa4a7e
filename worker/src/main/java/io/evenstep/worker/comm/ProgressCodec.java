package io.evenstep.worker.comm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.evenstep.worker.ProgressEvent;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Progress events as JSON: one object, named after its kind, around the fields. */
final class ProgressCodec {
  /** Longest event that is taken. */
  static final int MAX_BYTES = 64 << 10;

  private static final String RESUMED = "resumed";
  private static final String STEP = "step";
  private static final String EPOCH = "epoch";
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private ProgressCodec() {}

  /** The event in direct memory. */
  static ByteBuffer encode(ProgressEvent event) {
    try {
      byte[] json = JSON.writeValueAsBytes(JSON.createObjectNode().putPOJO(kind(event), event));
      return ByteBuffer.allocateDirect(json.length).put(json).flip();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Events are plain records", e);
    }
  }

  private static String kind(ProgressEvent event) {
    if (event instanceof ProgressEvent.Resumed) {
      return RESUMED;
    }
    return event instanceof ProgressEvent.StepDone ? STEP : EPOCH;
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws ProtocolException when it is no event
   */
  static ProgressEvent decode(ByteBuffer bytes) {
    byte[] json = new byte[bytes.remaining()];
    bytes.duplicate().get(json);
    try {
      JsonNode event = JSON.readTree(json);
      if (event.size() != 1 || !event.elements().next().isObject()) {
        throw new ProtocolException("Invalid progress event: must be one object in another");
      }
      if (event.has(RESUMED)) {
        return JSON.treeToValue(event.get(RESUMED), ProgressEvent.Resumed.class);
      }
      return event.has(STEP)
          ? JSON.treeToValue(event.get(STEP), ProgressEvent.StepDone.class)
          : JSON.treeToValue(event.required(EPOCH), ProgressEvent.EpochDone.class);
    } catch (IOException | IllegalArgumentException e) {
      throw new ProtocolException("Invalid progress event: " + e.getMessage());
    }
  }
}
