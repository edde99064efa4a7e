package io.evenstep.driver.data.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Converts records to JSON for transport between Spark's processes, because Kryo as {@code
 * spark.serializer} supports strings but not records.
 */
public final class RecordJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordJson() {}

  /** Writes a record as JSON. */
  public static String of(Record value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a " + value.getClass(), e);
    }
  }

  /** Reads a record that {@link #of} wrote in a process of the same Spark application. */
  public static <T extends Record> T read(String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read a " + type, e);
    }
  }
}
