package io.evenstep.driver.data.pack;

import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.pack.BlockEntry;
import io.evenstep.model.data.pack.PackSplit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.spark.sql.SparkSession;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Writes packs and reads them back as a worker would. */
public final class Packs {
  private Packs() {}

  public static Pack pack(SparkSession session, DataSpec spec, Path folder) {
    return Packer.pack(session, spec, new org.apache.hadoop.fs.Path(folder.toUri()));
  }

  /** All rows of a split as one batch; checks each block's CRC. */
  public static MiniBatch read(Pack pack, PackSplit split) throws IOException {
    RecordDecoder decoder = pack.index().encoding().decoder();
    List<MiniBatch> blocks = new ArrayList<>();
    for (BlockEntry block : split.blocks()) {
      byte[] file = Files.readAllBytes(Path.of(pack.folder().toUri()).resolve(block.file()));
      int from = (int) block.offset();
      byte[] bytes = Arrays.copyOfRange(file, from, from + block.rows() * decoder.recordBytes());
      CRC32C crc = new CRC32C();
      crc.update(bytes);
      if ((int) crc.getValue() != block.crc32c()) {
        throw new IOException("CRC of " + block);
      }
      ByteBuffer records = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      blocks.add(decoder.decode(records, block.rows()));
    }
    return MiniBatch.of(
        Nd4j.concat(
            0, blocks.stream().map(batch -> batch.features().get(0)).toArray(INDArray[]::new)),
        Nd4j.concat(
            0, blocks.stream().map(batch -> batch.labels().get(0)).toArray(INDArray[]::new)));
  }

  /** The training rows, features then labels, sorted by their first number. */
  public static float[][] trainRows(Pack pack) throws IOException {
    return rows(pack, pack.index().train());
  }

  /** The masks of the training rows, as text. */
  static List<String> trainMasks(Pack pack) throws IOException {
    List<String> masks = new ArrayList<>();
    RecordDecoder decoder = pack.index().encoding().decoder();
    for (BlockEntry block : pack.index().train().blocks()) {
      byte[] file = Files.readAllBytes(Path.of(pack.folder().toUri()).resolve(block.file()));
      ByteBuffer records = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
      records.position((int) block.offset());
      INDArray mask = decoder.decode(records, block.rows()).featureMasks().get(0).orElseThrow();
      for (float[] row : mask.toFloatMatrix()) {
        masks.add(Arrays.toString(row));
      }
    }
    return masks;
  }

  /** Rows of a split, features then labels, sorted by their first number. */
  static float[][] rows(Pack pack, PackSplit split) throws IOException {
    MiniBatch batch = read(pack, split);
    INDArray features = batch.features().get(0).reshape(batch.rows(), -1);
    float[][] rows = Nd4j.concat(1, features, batch.labels().get(0)).toFloatMatrix();
    Arrays.sort(rows, Comparator.comparingDouble(row -> row[0]));
    return rows;
  }

  /** The SHA-256 of each file of a pack by name, without the checksums Hadoop puts beside them. */
  static Map<String, String> files(Pack pack) throws IOException {
    Map<String, String> files = new TreeMap<>(); // name -> hash
    try (Stream<Path> list = Files.list(Path.of(pack.folder().toUri()))) {
      for (Path file : list.toList()) {
        if (!file.getFileName().toString().endsWith(".crc")) {
          files.put(file.getFileName().toString(), sha256(Files.readAllBytes(file)));
        }
      }
    }
    return files;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
