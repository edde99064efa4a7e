package io.evenstep.worker.comm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.evenstep.worker.ProgressEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/** Progress events as JSON: one object, named after its kind, around the fields. */
final class ProgressCodec {
  /** Longest event that is taken. */
  static final int MAX_BYTES = 64 << 10;

  private static final Map<String, Class<? extends ProgressEvent>> KINDS =
      Map.of(
          "resumed", ProgressEvent.Resumed.class,
          "seated", ProgressEvent.Seated.class,
          "trouble", ProgressEvent.PeerTrouble.class,
          "lost", ProgressEvent.PeerLost.class,
          "step", ProgressEvent.StepDone.class,
          "epoch", ProgressEvent.EpochDone.class);
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
    return KINDS.entrySet().stream()
        .filter(kind -> kind.getValue().isInstance(event))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
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
      String kind = event.fieldNames().hasNext() ? event.fieldNames().next() : "";
      Class<? extends ProgressEvent> type = KINDS.get(kind);
      if (type == null) {
        throw new ProtocolException("Invalid progress event: unknown kind");
      }
      return JSON.treeToValue(event.get(kind), type);
    } catch (IOException | IllegalArgumentException e) {
      throw new ProtocolException("Invalid progress event: " + e.getMessage());
    }
  }
}
