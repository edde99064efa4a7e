package io.evenstep.worker.bench;

import io.evenstep.model.NativeRuntime;
import io.evenstep.model.augment.Augmentation;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.catalog.Augmentations;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Missing;
import io.evenstep.model.data.Scaling;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.Segment.Kind;
import io.evenstep.model.data.Storage;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.data.Unseen;
import io.evenstep.model.network.dl4j.Network;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The time to augment a batch of 128 MNIST images in 8 shards on one thread, compared with the time
 * for LeNet's gradient.
 */
public final class AugmentBench {
  private static final int SHARDS = 8;
  private static final int ROWS = 16;
  private static final Map<String, Map<String, Object>> REQUIRED =
      Map.of(
          "shift", Map.of("pixels", 2),
          "cutout", Map.of("pixels", 8),
          "noise", Map.of("deviation", 0.05));

  private AugmentBench() {}

  /** Runs the benchmark and prints milliseconds per batch, median and 10th percentile. */
  public static void main(String[] args) {
    NativeRuntime.oneThread();
    Encoding encoding = encoding();
    MiniBatch shard = shard(encoding);
    Network network = BenchModel.LENET.network();
    print("LeNet's gradient", samples(40, key -> network.computeGradient(shard, key)));
    for (String name : Augmentations.names()) {
      print(name, time(List.of(create(name)), encoding, shard));
    }
    List<Augmentation> job = List.of(create("shift"), create("rotate"), create("cutout"));
    print("shift, rotate, cutout", time(job, encoding, shard));
  }

  private static Augmentation create(String name) {
    return Augmentations.create(name, REQUIRED.getOrDefault(name, Map.of()));
  }

  private static BenchSamples time(
      List<Augmentation> augmentations, Encoding encoding, MiniBatch shard) {
    Augmenter augmenter = Augmenter.of(augmentations, encoding);
    return samples(500, key -> augmenter.augment(shard, key));
  }

  private interface Task {
    void run(long key);
  }

  /** Milliseconds of all shards; the first half of the batches is not counted. */
  private static BenchSamples samples(int batches, Task task) {
    BenchSamples samples = new BenchSamples(batches);
    for (int batch = 0; batch < 2 * batches; batch++) {
      long began = System.nanoTime();
      for (int index = 0; index < SHARDS; index++) {
        task.run((long) batch * SHARDS + index);
      }
      if (batch >= batches) {
        samples.add((System.nanoTime() - began) / 1e6);
      }
    }
    return samples;
  }

  private static void print(String what, BenchSamples millis) {
    System.out.printf("%-24s%10.3f%10.3f%n", what, millis.median(), millis.percentile(10));
  }

  private static MiniBatch shard(Encoding encoding) {
    byte[] records = new byte[ROWS * encoding.recordBytes()];
    new Random(1).nextBytes(records);
    for (int row = 1; row <= ROWS; row++) {
      records[row * encoding.recordBytes() - 1] = (byte) (row % BenchPack.CLASSES);
    }
    return encoding.decoder().decode(ByteBuffer.wrap(records), ROWS);
  }

  private static Encoding encoding() {
    List<Long> shape = List.of(1L, 28L, 28L);
    Segment pixels =
        new Segment(
            Kind.NUMBERS, List.of("image"), shape, Storage.U8, List.of(), Scaling.of(0, 1f / 255));
    List<String> digits = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    Segment label =
        new Segment(Kind.ONE_HOT, List.of("label"), List.of(), Storage.U8, digits, Scaling.NONE);
    return new Encoding(
        Encoding.VERSION,
        List.of(new TensorEncoding("features", shape, List.of(pixels))),
        List.of(new TensorEncoding("label", List.of(10L), List.of(label))),
        Missing.REFUSE,
        0,
        Unseen.REFUSE);
  }
}
