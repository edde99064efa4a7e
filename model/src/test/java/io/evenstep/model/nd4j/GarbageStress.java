package io.evenstep.model.nd4j;

import io.evenstep.model.NativeRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A separate process that computes while another thread makes garbage, so that collections happen
 * during native calls. With ND4J's own executioner it dies within seconds.
 */
public final class GarbageStress {
  private static final byte[][] GARBAGE = new byte[64][];

  private GarbageStress() {}

  /** Runs for some seconds; prints {@code survived}. */
  public static void main(String[] args) throws InterruptedException {
    NativeRuntime.oneThread();
    long end = System.nanoTime() + Duration.ofSeconds(Integer.parseInt(args[0])).toNanos();
    List<Thread> threads = new ArrayList<>();
    threads.add(new Thread(() -> litter(end), "litter"));
    threads.add(new Thread(() -> compute(end), "compute-0"));
    threads.add(new Thread(() -> compute(end), "compute-1"));
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("survived");
  }

  private static void litter(long end) {
    for (int i = 0; System.nanoTime() < end; i++) {
      GARBAGE[i % GARBAGE.length] = new byte[4096];
    }
  }

  private static void compute(long end) {
    INDArray rows = Nd4j.rand(DataType.FLOAT, 64, 128);
    INDArray bias = Nd4j.rand(DataType.FLOAT, 1, 128);
    INDArray weights = Nd4j.rand(DataType.FLOAT, 128, 64);
    double sum = 0;
    while (System.nanoTime() < end) {
      rows.addiRowVector(bias);
      sum += rows.mmul(weights).sum(0).getDouble(0);
      rows.subiRowVector(bias);
    }
    if (!Double.isFinite(sum)) {
      throw new IllegalStateException("the sums are not finite: memory was overwritten");
    }
  }
}
