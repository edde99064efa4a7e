package io.evenstep.model.metric;

import java.io.Serializable;
import java.util.List;

/**
 * An evaluated row that is worth looking at.
 *
 * @param row its index in the split, from 0
 * @param actual its class, by index, or its number
 * @param predicted the network's prediction of the same
 * @param score probability of the predicted class, or the size of the error
 * @param features of the first input as the network sees them; empty when there are too many to
 *     look at
 */
public record PickedRow(
    long row, double actual, double predicted, double score, List<Float> features)
    implements Serializable {
  /** Copies the list. */
  public PickedRow {
    features = List.copyOf(features);
  }
}
