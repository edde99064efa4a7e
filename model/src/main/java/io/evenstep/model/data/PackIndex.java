package io.evenstep.model.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.model.DataException;

/**
 * What a pack holds: written last, as {@code index.json} in the pack's folder.
 *
 * @param key SHA-256 over everything the pack was made from
 * @param encoding of its records
 * @param train rows to learn from
 * @param validation rows to stop early by; may be none
 * @param test rows to judge by; may be none
 * @param droppedRows rows left out for a missing value
 */
public record PackIndex(
    String key,
    Encoding encoding,
    PackSplit train,
    PackSplit validation,
    PackSplit test,
    long droppedRows) {

  /** The index's file name in a pack's folder. */
  public static final String FILE = "index.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The index of the same blocks for whoever sees them in a folder below. */
  public PackIndex below(String folder) {
    return new PackIndex(
        key,
        encoding,
        train.below(folder),
        validation.below(folder),
        test.below(folder),
        droppedRows);
  }

  /** This index as JSON, always the same text for the same pack. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An index is plain values", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws DataException when it is something else
   */
  public static PackIndex fromJson(String json) {
    try {
      return JSON.readValue(json, PackIndex.class);
    } catch (JsonProcessingException e) {
      throw new DataException("Cannot read pack index: " + e.getOriginalMessage(), e);
    }
  }
}
