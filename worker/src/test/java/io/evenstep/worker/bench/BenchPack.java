package io.evenstep.worker.bench;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.pack.BlockEntry;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.model.network.Shape;
import io.evenstep.model.network.dl4j.FlatArrays;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Random rows of MNIST's size: 784 bytes of pixels and one class byte, in blocks of 2,000 rows. */
final class BenchPack {
  static final int PIXELS = 784;
  static final int CLASSES = 10;
  private static final int BLOCK_ROWS = 2_000;

  private BenchPack() {}

  static PackSplit write(Path folder, int rows) throws IOException {
    Random random = new Random(1);
    byte[] all = new byte[rows * (PIXELS + 1)];
    random.nextBytes(all);
    for (int row = 0; row < rows; row++) {
      all[row * (PIXELS + 1) + PIXELS] = (byte) random.nextInt(CLASSES);
    }
    List<BlockEntry> blocks = new ArrayList<>();
    for (int from = 0; from < rows; from += BLOCK_ROWS) {
      int count = Math.min(BLOCK_ROWS, rows - from);
      int offset = from * (PIXELS + 1);
      CRC32C sum = new CRC32C();
      sum.update(all, offset, count * (PIXELS + 1));
      blocks.add(new BlockEntry("train", offset, count, (int) sum.getValue()));
    }
    Files.write(folder.resolve("train"), all);
    return new PackSplit(rows, blocks);
  }

  /** Decodes to features of the given shape. */
  static RecordDecoder decoder(Shape shape) {
    return new Decoder(shape);
  }

  private record Decoder(Shape shape) implements RecordDecoder {
    @Override
    public int recordBytes() {
      return PIXELS + 1;
    }

    @Override
    public MiniBatch decode(ByteBuffer records, int rows) {
      INDArray features = Nd4j.createUninitialized(DataType.FLOAT, rows, PIXELS);
      INDArray labels = Nd4j.create(DataType.FLOAT, rows, CLASSES);
      ByteBuffer pixels = FlatArrays.bytes(features.reshape(features.length()));
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < PIXELS; i++) {
          pixels.putFloat((records.get() & 0xff) / 255f);
        }
        labels.putScalar(row, records.get(), 1);
      }
      return MiniBatch.of(
          shape.sizes().size() == 1 ? features : features.reshape(rows, 1, 28, 28), labels);
    }
  }
}
