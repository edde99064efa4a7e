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
   * The numbers of a float array, row after row: its own memory, shared, not copied. It does not
   * keep the array alive. Whoever has written to it says so to {@link #written}.
   *
   * @param array contiguous and no view, as those of a {@link MiniBatch} are
   */
  public static FloatBuffer of(INDArray array) {
    return array.data().asNio().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /**
   * Tells ND4J that an array's memory was written to without it: with the CUDA backend the array
   * has a second copy on the card, which is now the older one. Does nothing on a processor.
   */
  public static void written(INDArray array) {
    Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
  }

  /**
   * Makes the memory that {@link #of} gave earlier hold what ND4J has computed since: with the CUDA
   * backend that is on the card. Does nothing on a processor.
   */
  public static void refresh(INDArray array) {
    Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
  }
}
