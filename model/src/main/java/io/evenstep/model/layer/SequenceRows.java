package io.evenstep.model.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Sequences as a list of steps, and back. */
final class SequenceRows {
  private SequenceRows() {}

  /**
   * @param in [rows, size, steps], or [rows, size]
   * @return [rows steps, size] in C order, the steps of a row one after the other; a copy
   */
  static INDArray of(INDArray in) {
    return in.rank() == 2
        ? in.dup('c')
        : in.permute(0, 2, 1).dup('c').reshape('c', in.size(0) * in.size(2), in.size(1));
  }

  /**
   * The reverse of {@link #of}.
   *
   * @param list [rows steps, any size]
   * @param like the array that {@link #of} was given
   */
  static INDArray back(INDArray list, INDArray like) {
    return like.rank() == 2
        ? list
        : list.dup('c')
            .reshape('c', like.size(0), like.size(2), list.size(1))
            .permute(0, 2, 1)
            .dup('c');
  }
}
