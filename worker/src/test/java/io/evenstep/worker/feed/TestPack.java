package io.evenstep.worker.feed;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.pack.BlockEntry;
import io.evenstep.model.data.pack.PackSplit;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** A small pack on disk: rows of {@code inputs} floats and a label; feature 0 is the row number. */
public final class TestPack {
  /** The number of features of a row. */
  public static final int INPUTS = 5;

  /** The size of a row in bytes. */
  public static final int RECORD_BYTES = (INPUTS + 1) * Float.BYTES;

  private TestPack() {}

  /** Writes {@code rows} rows in blocks of uneven lengths to {@code folder}. */
  public static PackSplit write(Path folder, String name, int rows) throws IOException {
    Random random = new Random(rows);
    List<BlockEntry> blocks = new ArrayList<>();
    ByteBuffer all = ByteBuffer.allocate(rows * RECORD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < rows; ) {
      int count = Math.min(rows - from, 3 + random.nextInt(20));
      ByteBuffer block = all.slice(all.position(), count * RECORD_BYTES);
      for (int row = from; row < from + count; row++) {
        putRow(all, row, random);
      }
      CRC32C sum = new CRC32C();
      sum.update(block);
      blocks.add(new BlockEntry(name, (long) from * RECORD_BYTES, count, (int) sum.getValue()));
      from += count;
    }
    Files.write(folder.resolve(name), all.array());
    return new PackSplit(rows, blocks);
  }

  private static void putRow(ByteBuffer all, int row, Random random) {
    float label = 0;
    all.putFloat(row);
    for (int i = 1; i < INPUTS; i++) {
      float value = (float) random.nextGaussian();
      label += i * value;
      all.putFloat(value);
    }
    all.putFloat(label + 0.1f * (float) random.nextGaussian());
  }

  /** The local file system, without Hadoop's own checksum files. */
  public static FileSystem files() throws IOException {
    RawLocalFileSystem files = new RawLocalFileSystem();
    files.initialize(URI.create("file:///"), new Configuration(false));
    return files;
  }

  /** Decodes the rows; the row number becomes 1, so that it is a bias. */
  public static RecordDecoder decoder() {
    return new Decoder(true);
  }

  /** Decodes the rows as they are, row number included. */
  public static RecordDecoder numbered() {
    return new Decoder(false);
  }

  /** Decodes each feature as a token: 1 if it is above 0, else 0. */
  public static RecordDecoder tokens() {
    return new Tokens(decoder());
  }

  private record Tokens(RecordDecoder numbers) implements RecordDecoder {
    @Override
    public int recordBytes() {
      return RECORD_BYTES;
    }

    @Override
    public MiniBatch decode(ByteBuffer records, int rows) {
      MiniBatch decoded = numbers.decode(records, rows);
      return MiniBatch.of(
          decoded.features().get(0).gt(0).castTo(DataType.FLOAT), decoded.labels().get(0));
    }
  }

  private record Decoder(boolean bias) implements RecordDecoder {
    @Override
    public int recordBytes() {
      return RECORD_BYTES;
    }

    @Override
    public MiniBatch decode(ByteBuffer records, int rows, int segment) {
      MiniBatch whole = decode(records, rows);
      return new MiniBatch(
          whole.features(),
          whole.labels(),
          List.of(),
          List.of(),
          Optional.empty(),
          rows,
          segment,
          () -> {});
    }

    @Override
    public MiniBatch decode(ByteBuffer records, int rows) {
      float[][] features = new float[rows][INPUTS];
      float[][] labels = new float[rows][1];
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < INPUTS; i++) {
          features[row][i] = records.getFloat();
        }
        features[row][0] = bias ? 1 : features[row][0];
        labels[row][0] = records.getFloat();
      }
      return MiniBatch.of(Nd4j.createFromArray(features), Nd4j.createFromArray(labels));
    }
  }
}
