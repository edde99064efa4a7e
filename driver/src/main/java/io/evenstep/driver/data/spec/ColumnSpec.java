package io.evenstep.driver.data.spec;

import java.util.List;
import java.util.Optional;

/**
 * The type of a feature column and how it becomes numbers.
 *
 * @param name a column's name, or several columns: a range such as {@code c0..c63}, or a glob
 *     {@code p*}
 * @param type type of its values; empty to use the source's type
 * @param encoding categorical only
 * @param shape image only: [channels, height, width] that every image is scaled to; empty for that
 *     of the first image
 * @param length sequence and vector only: length of a value; 0 for that of the first row
 * @param normalize empty for that of the data set
 * @param gaps how missing values are treated
 * @param details settings that only some types have
 */
public record ColumnSpec(
    String name,
    Optional<Type> type,
    CategoryEncoding encoding,
    List<Long> shape,
    int length,
    Optional<DataSpec.Normalization> normalize,
    ColumnGaps gaps,
    ColumnDetails details) {

  /** A column with the data set's treatment of missing values. */
  public ColumnSpec(
      String name,
      Optional<Type> type,
      CategoryEncoding encoding,
      List<Long> shape,
      int length,
      Optional<DataSpec.Normalization> normalize) {
    this(name, type, encoding, shape, length, normalize, ColumnGaps.AS_ALL, ColumnDetails.NONE);
  }

  /** A column with a given type. */
  public ColumnSpec(
      String name,
      Type type,
      CategoryEncoding encoding,
      List<Long> shape,
      int length,
      Optional<DataSpec.Normalization> normalize) {
    this(name, Optional.of(type), encoding, shape, length, normalize);
  }

  /** Copies the shape. */
  public ColumnSpec {
    shape = List.copyOf(shape);
  }

  /**
   * Type of a value; {@code SEQUENCE} is a list of numbers over time with a fixed length, {@code
   * VECTOR} one without order.
   */
  public enum Type {
    NUMERIC,
    CATEGORICAL,
    /** One of some levels in order. */
    ORDINAL,
    /** A text, as counts of its terms. */
    TEXT,
    /** A text, as the sequence of its tokens. */
    TOKENS,
    BOOLEAN,
    TIME,
    IMAGE,
    SEQUENCE,
    VECTOR
  }

  /** How a category becomes numbers. */
  public enum CategoryEncoding {
    ONE_HOT,
    INDEX
  }
}
