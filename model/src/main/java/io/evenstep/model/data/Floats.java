package io.evenstep.model.data;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The memory of a batch's arrays. */
public final class Floats {
  private Floats() {}

  /**
   * The numbers of a float array, row by row: the array's own memory, not a copy. The buffer does
   * not keep the array alive. After writing to it, call {@link #written}.
   *
   * @param array contiguous and not a view, like those of a {@link MiniBatch}
   */
  public static FloatBuffer of(INDArray array) {
    return array.data().asNio().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /**
   * Tells ND4J that an array's host memory was written to directly. With the CUDA backend the array
   * has a second copy on the card, which is now out of date. Does nothing on a CPU.
   */
  public static void written(INDArray array) {
    Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
  }

  /**
   * Updates the memory that {@link #of} returned with what ND4J has computed since. With the CUDA
   * backend that is on the card. Does nothing on a CPU.
   */
  public static void refresh(INDArray array) {
    Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
  }
}
