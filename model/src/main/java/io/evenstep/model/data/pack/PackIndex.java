package io.evenstep.model.data.pack;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.model.DataException;
import io.evenstep.model.Reason;
import io.evenstep.model.data.Encoding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * What a pack holds: written last, as {@code index.json} in the pack's folder.
 *
 * @param key SHA-256 over everything the pack was made from
 * @param encoding of its records
 * @param train rows to learn from
 * @param validation rows to stop early by; may be none
 * @param test rows to judge by; may be none
 * @param droppedRows rows left out for a missing value
 * @param notices what whoever trains on it is told of its rows
 * @param classRows training rows of each class of the first output, in the encoding's order; empty
 *     where it is numbers
 */
public record PackIndex(
    String key,
    Encoding encoding,
    PackSplit train,
    PackSplit validation,
    PackSplit test,
    long droppedRows,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> notices,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Long> classRows) {

  /** The index's file name in a pack's folder. */
  public static final String FILE = "index.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copies the lists. */
  public PackIndex {
    notices = List.copyOf(Objects.requireNonNullElse(notices, List.of())); // JSON may have none
    classRows = List.copyOf(Objects.requireNonNullElse(classRows, List.of())); // likewise
  }

  /** The index of the same blocks for whoever sees them in a folder below. */
  public PackIndex below(String folder) {
    return new PackIndex(
        key,
        encoding,
        train.below(folder),
        validation.below(folder),
        test.below(folder),
        droppedRows,
        notices,
        classRows);
  }

  /**
   * A SHA-256 over the encoding and the checksums of all blocks: the same for the same rows in the
   * same splits, wherever they come from and lie.
   */
  public String contentSha256() {
    StringBuilder text = new StringBuilder(encoding.toJson());
    for (PackSplit split : List.of(train, validation, test)) {
      text.append("\nsplit of ").append(split.rows()).append(" rows:");
      split.blocks().forEach(block -> text.append(' ').append(block.crc32c()));
    }
    return sha256(text.toString());
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
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
      throw new DataException("Cannot read pack index: " + Reason.of(e), e);
    }
  }
}
