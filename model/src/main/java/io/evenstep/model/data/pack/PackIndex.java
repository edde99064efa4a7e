package io.evenstep.model.data.pack;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.model.DataException;
import io.evenstep.model.Reason;
import io.evenstep.model.Sha256;
import io.evenstep.model.data.Encoding;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The contents of a pack. Written last, as {@code index.json} in the pack's folder.
 *
 * @param key SHA-256 over everything the pack was made from
 * @param encoding of its records
 * @param train rows for training
 * @param validation rows for early stopping; may be empty
 * @param test rows for the final evaluation; may be empty
 * @param gaps what rows lack
 * @param notices notices about its rows, shown when a job trains on it
 * @param classRows training rows of each class of the first output, in the encoding's order; empty
 *     when it is numeric
 */
public record PackIndex(
    String key,
    Encoding encoding,
    PackSplit train,
    PackSplit validation,
    PackSplit test,
    Gaps gaps,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> notices,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Long> classRows) {

  /** The index's file name in a pack's folder. */
  public static final String FILE = "index.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What rows lack.
   *
   * @param droppedRows rows left out for a missing value
   * @param missing rows without a value, by column, those left out included; only columns with some
   */
  public record Gaps(long droppedRows, Map<String, Long> missing) {
    /** Copies the map, in the order of its keys. */
    public Gaps {
      missing = Collections.unmodifiableMap(new TreeMap<>(missing));
    }
  }

  /** Rows left out for a missing value. */
  @JsonIgnore
  public long droppedRows() {
    return gaps.droppedRows();
  }

  /** Copies the lists. */
  public PackIndex {
    Objects.requireNonNull(gaps, "gaps");
    notices = List.copyOf(Objects.requireNonNullElse(notices, List.of())); // JSON may have none
    classRows = List.copyOf(Objects.requireNonNullElse(classRows, List.of())); // likewise
  }

  /** The index of the same blocks when they are in a subfolder. */
  public PackIndex below(String folder) {
    return new PackIndex(
        key,
        encoding,
        train.below(folder),
        validation.below(folder),
        test.below(folder),
        gaps,
        notices,
        classRows);
  }

  /**
   * A SHA-256 over the encoding and the checksums of all blocks: the same for the same rows in the
   * same splits, wherever they come from and wherever they are stored.
   */
  public String contentSha256() {
    StringBuilder text = new StringBuilder(encoding.toJson());
    for (PackSplit split : List.of(train, validation, test)) {
      text.append("\nsplit of ").append(split.rows()).append(" rows:");
      split.blocks().forEach(block -> text.append(' ').append(block.crc32c()));
    }
    return Sha256.of(text.toString());
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
   * Reads the result of {@link #toJson}.
   *
   * @throws DataException when the text is something else
   */
  public static PackIndex fromJson(String json) {
    try {
      return JSON.readValue(json, PackIndex.class);
    } catch (JsonProcessingException e) {
      throw new DataException("Cannot read pack index: " + Reason.of(e), e);
    }
  }
}
