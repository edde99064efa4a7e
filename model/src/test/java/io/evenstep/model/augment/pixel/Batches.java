package io.evenstep.model.augment.pixel;

import io.evenstep.model.augment.Augmentation;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.Floats;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Missing;
import io.evenstep.model.data.Scaling;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.Segment.Kind;
import io.evenstep.model.data.Storage;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.data.Unseen;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batches of tiny images of floats, one of three classes each, decoded as in a run. */
public final class Batches {
  public static final int CLASSES = 3;

  private Batches() {}

  /** Images of one segment; {@code scaling} as the segment has it. */
  public static Encoding images(Scaling scaling, long... shape) {
    return encoding(
        List.of(shape(shape)[0], shape(shape)[1], shape(shape)[2]),
        new Segment(
            Kind.NUMBERS,
            List.of("image"),
            List.of(shape(shape)),
            Storage.F32,
            List.of(),
            scaling));
  }

  private static Long[] shape(long... shape) {
    return java.util.Arrays.stream(shape).boxed().toArray(Long[]::new);
  }

  /** Rows of any segments, and a class. */
  public static Encoding encoding(List<Long> shape, Segment... segments) {
    Segment label =
        new Segment(
            Kind.ONE_HOT,
            List.of("label"),
            List.of(),
            Storage.U8,
            List.of("a", "b", "c"),
            Scaling.NONE);
    return new Encoding(
        Encoding.VERSION,
        List.of(new TensorEncoding("features", shape, List.of(segments))),
        List.of(new TensorEncoding("label", List.of((long) CLASSES), List.of(label))),
        Missing.REFUSE,
        0,
        Unseen.REFUSE);
  }

  /** Rows as decoded; row r is of class r mod 3. */
  public static MiniBatch decode(Encoding encoding, float[]... rows) {
    ByteBuffer records = ByteBuffer.allocate(rows.length * encoding.recordBytes());
    records.order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < rows.length; row++) {
      for (float value : rows[row]) {
        records.putFloat(value);
      }
      records.put((byte) (row % CLASSES));
    }
    return encoding.decoder().decode(records.flip(), rows.length);
  }

  /** The rows after augmentation. */
  public static MiniBatch augmented(
      Encoding encoding, long key, List<Augmentation> augmentations, float[]... rows) {
    MiniBatch batch = decode(encoding, rows);
    Augmenter.of(augmentations, encoding).augment(batch, key);
    return batch;
  }

  /** The numbers of one row. */
  public static List<Float> row(INDArray array, int row) {
    int width = (int) (array.length() / array.size(0));
    return numbers(array).subList(row * width, (row + 1) * width);
  }

  public static List<Float> numbers(INDArray array) {
    float[] values = new float[(int) array.length()];
    Floats.of(array).get(values);
    List<Float> numbers = new ArrayList<>();
    for (float value : values) {
      numbers.add(value);
    }
    return numbers;
  }

  /** 1, 2, 3, ... */
  public static float[] counting(int numbers) {
    float[] row = new float[numbers];
    IntStream.range(0, numbers).forEach(i -> row[i] = i + 1);
    return row;
  }
}
