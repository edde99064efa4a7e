package io.evenstep.driver.data.pack;

import io.evenstep.model.DataException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.pack.BlockEntry;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.worker.checkpoint.FileFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;

/** Reads packed rows into the driver. */
public final class PackRows {
  private PackRows() {}

  /**
   * Reads the first training rows; their order is already random.
   *
   * @param decoder of the pack's records
   * @param most how many to read; fewer if the first block has fewer
   * @param use takes the rows, whose arrays are freed afterwards
   * @throws DataException when there are no training rows
   * @throws io.evenstep.model.StorageException when the pack cannot be read
   */
  public static <T> T first(
      Pack pack,
      RecordDecoder decoder,
      int most,
      Configuration hadoop,
      Function<MiniBatch, T> use) {
    if (pack.index().train().rows() == 0) {
      throw new DataException("Cannot read training rows: there are none");
    }
    return first(pack, pack.index().train(), decoder, most, hadoop, use);
  }

  /**
   * The same for a use without a result.
   *
   * @param use takes the rows, whose arrays are freed afterwards
   */
  public static void read(
      Pack pack, RecordDecoder decoder, int most, Configuration hadoop, Consumer<MiniBatch> use) {
    int unused =
        first(
            pack,
            decoder,
            most,
            hadoop,
            rows -> {
              use.accept(rows);
              return rows.rows();
            });
  }

  /** The same for one of the pack's splits, which has rows. */
  public static <T> T first(
      Pack pack,
      PackSplit split,
      RecordDecoder decoder,
      int most,
      Configuration hadoop,
      Function<MiniBatch, T> use) {
    BlockEntry block = split.blocks().get(0);
    int rows = Math.min(most, block.rows());
    try {
      byte[] records = pack.reader(hadoop).read(block);
      try (MiniBatch batch =
          decoder.decode(ByteBuffer.wrap(records).order(ByteOrder.LITTLE_ENDIAN), rows)) {
        return use.apply(batch);
      }
    } catch (IOException e) {
      throw FileFault.of("Cannot read", pack.folder(), e);
    }
  }
}
