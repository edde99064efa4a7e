package io.evenstep.model.data;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The memory of a batch's arrays. */
public final class Floats {
  private Floats() {}

  /**
   * The numbers of a float array, row after row: its own memory, shared, not copied. It does not
   * keep the array alive.
   *
   * @param array contiguous and no view, as those of a {@link MiniBatch} are
   */
  public static FloatBuffer of(INDArray array) {
    return array.data().asNio().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
