package io.evenstep.driver.data.spec;

import java.util.List;
import java.util.Optional;

/**
 * What a feature column holds and how it becomes numbers.
 *
 * @param name a column's name, or several at once: a range such as {@code c0..c63}, or a glob
 *     {@code p*}
 * @param type what a value of the column is; empty for what the source's own type tells
 * @param encoding categorical only
 * @param shape image only: [channels, height, width] every image is converted to; empty to take the
 *     first image's
 * @param length sequence and vector only: numbers in a value; 0 to take the first row's
 * @param normalize empty for the data set's own
 * @param gaps what becomes of missing values
 * @param format time only: how it is written; empty for the usual one
 */
public record ColumnSpec(
    String name,
    Optional<Type> type,
    CategoryEncoding encoding,
    List<Long> shape,
    int length,
    Optional<DataSpec.Normalization> normalize,
    ColumnGaps gaps,
    Optional<String> format) {

  /** A column whose missing values are treated as all are. */
  public ColumnSpec(
      String name,
      Optional<Type> type,
      CategoryEncoding encoding,
      List<Long> shape,
      int length,
      Optional<DataSpec.Normalization> normalize) {
    this(name, type, encoding, shape, length, normalize, ColumnGaps.AS_ALL, Optional.empty());
  }

  /** A column of which the job says what a value is. */
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
   * What a value is; {@code SEQUENCE} is a fixed-length list of numbers over time, {@code VECTOR}
   * one without order.
   */
  public enum Type {
    NUMERIC,
    CATEGORICAL,
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
