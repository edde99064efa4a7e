package io.evenstep.worker.checkpoint;

import io.evenstep.worker.feed.TestPack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Checkpoints that belong to no particular network. */
final class Checkpoints {
  private Checkpoints() {}

  /** A small one. */
  static Checkpoint of(long step) {
    return of(step, 500);
  }

  /** One with this many parameters, 300 numbers of optimizer state and 7 of segments. */
  static Checkpoint of(long step, int parameters) {
    Position position =
        new Position(
            new Position.Origin("run", "sha", 3, "FLOAT32", "float32"),
            step,
            1,
            128 * step,
            new Position.Losses(
                0.1 + step,
                List.of(1.5, 1 / 3.0),
                List.of(Map.of("validation.loss", 0.7, "validation.auc", Double.NaN), Map.of())),
            new Position.Best(0, 0.25, 1, false),
            "here");
    return new Checkpoint(
        position,
        floats(parameters, step),
        List.of(
            new Section("optimizer", floats(300, step + 1)),
            new Section("segments", floats(7, step + 2))));
  }

  /** A store that keeps two checkpoints. */
  static CheckpointStore store(Path folder) throws IOException {
    return new CheckpointStore(TestPack.files(), new org.apache.hadoop.fs.Path(folder.toUri()), 2);
  }

  private static ByteBuffer floats(int count, long seed) {
    Random random = new Random(seed);
    ByteBuffer bytes = ByteBuffer.allocateDirect(count * 4).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat((float) random.nextGaussian());
    }
    return bytes.flip();
  }
}
