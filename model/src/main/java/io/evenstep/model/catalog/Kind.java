package io.evenstep.model.catalog;

/** What one row looks like between two layers. */
public enum Kind {
  /** {@code [size]}. */
  VECTOR,
  /** {@code [features, steps]}. */
  SEQUENCE,
  /** {@code [channels, height, width]}. */
  IMAGE
}
