package io.evenstep.driver.data.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Records as JSON, for the way between Spark's processes: where {@code spark.serializer} is Kryo,
 * it can carry a text, and no record.
 */
public final class RecordJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordJson() {}

  /** A record as text. */
  public static String of(Record value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a " + value.getClass(), e);
    }
  }

  /**
   * The record that {@link #of} has been given, in another of this Spark application's processes.
   */
  public static <T extends Record> T read(String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read a " + type, e);
    }
  }
}
