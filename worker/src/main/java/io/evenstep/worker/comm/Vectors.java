package io.evenstep.worker.comm;

import io.evenstep.model.data.Floats;
import io.evenstep.model.network.FlatArrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.nd4j.linalg.factory.Nd4j;

/** Arithmetic on whole flat arrays; nothing here allocates array memory. */
final class Vectors {
  private Vectors() {}

  /** Writes left + right to {@code out}, which may be either of them. */
  static void add(INDArray left, INDArray right, INDArray out) {
    Nd4j.getExecutioner().exec(new AddOp(left, right, out));
  }

  static void copy(INDArray from, INDArray to) {
    FlatArrays.bytes(to).put(FlatArrays.bytes(from));
    Floats.written(to);
  }
}
