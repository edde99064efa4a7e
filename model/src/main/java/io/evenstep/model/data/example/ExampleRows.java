package io.evenstep.model.data.example;

import io.evenstep.model.DataException;
import io.evenstep.model.data.example.ExampleLayout.Slot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The examples of a MultiDataSet: their layout, and their records. */
public final class ExampleRows {
  private final int rows;
  private final List<Field> features;
  private final List<Field> labels;

  private ExampleRows(int rows, List<Field> features, List<Field> labels) {
    this.rows = rows;
    this.features = features;
    this.labels = labels;
  }

  /** An input or output: its numbers and its mask's, row by row. */
  private record Field(Slot slot, float[] numbers, float[] mask) {
    /** An example without a mask has all its time steps. */
    float maskAt(int row, int i) {
      return mask.length == 0 ? 1 : mask[row * slot.maskWidth() + i];
    }
  }

  /**
   * A number that cannot be used: NaN, infinite, or too large for single precision.
   *
   * @param row index of the example, from 0
   * @param text where it is and what it is
   */
  public record NotFinite(int row, String text) {}

  /**
   * Copies the examples out of their arrays.
   *
   * @throws DataException when there are no labels, or when arrays have different numbers of rows
   */
  public static ExampleRows of(@Nullable MultiDataSet examples) {
    if (examples == null) {
      throw new DataException("Invalid examples: must be a DataSet or MultiDataSet, got null");
    }
    INDArray @Nullable [] inputs = examples.getFeatures();
    INDArray @Nullable [] outputs = examples.getLabels();
    if (inputs == null || inputs.length == 0 || outputs == null || outputs.length == 0) {
      throw new DataException(
          "Invalid examples: must have features and labels, got only one of them or neither");
    }
    int rows = Math.toIntExact(inputs[0].size(0));
    return new ExampleRows(
        rows,
        fields("features", rows, inputs, examples.getFeaturesMaskArrays()),
        fields("labels", rows, outputs, examples.getLabelsMaskArrays()));
  }

  private static List<Field> fields(
      String name, int rows, INDArray[] arrays, @Nullable INDArray @Nullable [] masks) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < arrays.length; i++) {
      INDArray mask = masks == null ? null : masks[i];
      requireRows(arrays[i], rows, name + " " + i);
      if (mask != null) {
        requireRows(mask, rows, "mask of " + name + " " + i);
      }
      Slot slot = new Slot(rowShape(arrays[i]), mask == null ? List.of() : rowShape(mask));
      fields.add(new Field(slot, numbers(arrays[i]), mask == null ? new float[0] : numbers(mask)));
    }
    return fields;
  }

  private static void requireRows(@Nullable INDArray array, int rows, String name) {
    if (array == null || array.rank() < 2 || array.size(0) != rows) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Invalid examples: %s must be an array of %d rows and at least 2 dimensions, got %s",
              name,
              rows,
              array == null ? "null" : Arrays.toString(array.shape())));
    }
  }

  private static List<Long> rowShape(INDArray array) {
    return Arrays.stream(array.shape()).skip(1).boxed().toList();
  }

  /** In C order, whatever the array's order and type, even for a view. */
  private static float[] numbers(INDArray array) {
    return array.castTo(DataType.FLOAT).dup('c').data().asFloat();
  }

  /** A number that is not finite, from the first example that has one. */
  public Optional<NotFinite> notFinite() {
    List<NotFinite> found = new ArrayList<>();
    find(features, "features", found);
    find(labels, "labels", found);
    return found.stream().min(Comparator.comparingInt(NotFinite::row));
  }

  private static void find(List<Field> fields, String name, List<NotFinite> found) {
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      find(field.numbers, field.slot.width(), name + " " + i, found);
      find(field.mask, field.slot.maskWidth(), "mask of " + name + " " + i, found);
    }
  }

  private static void find(float[] numbers, int width, String array, List<NotFinite> found) {
    for (int i = 0; i < numbers.length; i++) {
      if (!Float.isFinite(numbers[i])) {
        String text = array + " must hold finite numbers of single precision, got " + numbers[i];
        found.add(new NotFinite(i / width, text));
        return;
      }
    }
  }

  /** How many examples. */
  public int rows() {
    return rows;
  }

  /** The smallest layout that holds the examples. */
  public ExampleLayout layout() {
    return new ExampleLayout(
        features.stream().map(Field::slot).toList(),
        labels.stream().map(Field::slot).toList(),
        false);
  }

  /**
   * Passes on one record per example, in order.
   *
   * @param layout the layout of these examples, merged with others
   */
  public void encode(ExampleLayout layout, Consumer<byte[]> records) {
    for (int row = 0; row < rows; row++) {
      ByteBuffer record = ByteBuffer.allocate(layout.recordBytes()).order(ByteOrder.LITTLE_ENDIAN);
      encode(features, layout.features(), row, record);
      encode(labels, layout.labels(), row, record);
      records.accept(record.array());
    }
  }

  private static void encode(List<Field> fields, List<Slot> slots, int row, ByteBuffer record) {
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      Slot to = slots.get(i);
      long steps = field.slot.isSequence() ? field.slot.steps() : 0;
      boolean padded = to.isSequence() && to.steps() > steps;
      int run = padded ? (int) steps : field.slot.width();
      put(field.numbers, row * field.slot.width(), field.slot.width(), run, to, record);
      if (to.maskWidth() > 0) {
        putMask(field, row, padded ? (int) steps : to.maskWidth(), to.maskWidth(), record);
      }
    }
  }

  /** Runs of numbers, each followed by zeros for the time steps that an example lacks. */
  private static void put(
      float[] numbers, int from, int count, int run, Slot to, ByteBuffer record) {
    int end = record.position() + to.width() * Float.BYTES;
    int padding = count == 0 ? 0 : (to.width() - count) / (count / run);
    for (int i = 0; i < count; i++) {
      record.putFloat(numbers[from + i]);
      if ((i + 1) % run == 0) {
        record.position(record.position() + padding * Float.BYTES);
      }
    }
    record.position(end);
  }

  private static void putMask(Field field, int row, int present, int width, ByteBuffer record) {
    for (int i = 0; i < width; i++) {
      record.putFloat(i < present ? field.maskAt(row, i) : 0);
    }
  }
}
