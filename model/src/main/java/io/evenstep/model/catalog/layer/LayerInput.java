package io.evenstep.model.catalog.layer;

/** What one row looks like between two layers. */
public enum LayerInput {
  /** {@code [size]}. */
  VECTOR,
  /** {@code [features, steps]}. */
  SEQUENCE,
  /** {@code [channels, height, width]}. */
  IMAGE
}
