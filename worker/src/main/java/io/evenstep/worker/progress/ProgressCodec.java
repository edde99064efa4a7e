package io.evenstep.worker.progress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.evenstep.worker.net.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/**
 * Progress events as JSON: one object with the fields, inside an object with the kind as its key.
 */
public final class ProgressCodec {
  /** Longest event that is accepted, in bytes. */
  public static final int MAX_BYTES = 64 << 10;

  private static final Map<String, Class<?>> KINDS =
      Arrays.stream(ProgressEvent.class.getPermittedSubclasses())
          .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, kind -> kind));
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private ProgressCodec() {}

  /** The event in direct memory. */
  static ByteBuffer encode(ProgressEvent event) {
    try {
      byte[] json = JSON.writeValueAsBytes(Map.of(event.getClass().getSimpleName(), event));
      return ByteBuffer.allocateDirect(json.length).put(json).flip();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Events are plain records", e);
    }
  }

  /**
   * Reads the result of {@link #encode}.
   *
   * @throws ProtocolException when it is not an event
   */
  static ProgressEvent decode(ByteBuffer bytes) {
    byte[] json = new byte[bytes.remaining()];
    bytes.duplicate().get(json);
    try {
      JsonNode event = JSON.readTree(json);
      if (event.size() != 1 || !event.elements().next().isObject()) {
        throw new ProtocolException("Invalid progress event: must be one object in another");
      }
      String kind = event.fieldNames().next();
      Class<?> type = KINDS.get(kind);
      if (type == null) {
        throw new ProtocolException("Invalid progress event: must be one of " + KINDS.keySet());
      }
      return (ProgressEvent) JSON.treeToValue(event.get(kind), type);
    } catch (IOException | NoSuchElementException e) {
      throw new ProtocolException("Invalid progress event: " + e.getMessage());
    }
  }
}
