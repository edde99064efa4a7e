package io.evenstep.model.data;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Returns the arrays of a batch, once. */
public final class GiveBack implements Runnable {
  private final SpareArrays spare;
  private final List<INDArray> arrays;
  private final AtomicBoolean done = new AtomicBoolean();

  public GiveBack(SpareArrays spare, List<INDArray> arrays) {
    this.spare = spare;
    this.arrays = arrays;
  }

  @Override
  public void run() {
    if (done.compareAndSet(false, true)) {
      arrays.forEach(spare::give);
    }
  }
}
