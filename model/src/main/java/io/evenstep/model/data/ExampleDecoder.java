package io.evenstep.model.data;

import io.evenstep.model.data.ExampleLayout.Slot;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Decodes records of an {@link ExampleLayout}. */
final class ExampleDecoder implements RecordDecoder {
  private final ExampleLayout layout;
  private final SpareArrays spare = new SpareArrays();

  ExampleDecoder(ExampleLayout layout) {
    this.layout = layout;
  }

  @Override
  public int recordBytes() {
    return layout.recordBytes();
  }

  @Override
  public MiniBatch decode(ByteBuffer records, int rows) {
    Batch batch = new Batch(records, rows);
    batch.add(layout.features(), batch.features, batch.featureMasks);
    batch.add(layout.labels(), batch.labels, batch.labelMasks);
    records.position(records.position() + rows * recordBytes());
    return batch.build();
  }

  /** One batch on its way out of its records. */
  private final class Batch {
    final List<INDArray> features = new ArrayList<>();
    final List<INDArray> labels = new ArrayList<>();
    final List<Optional<INDArray>> featureMasks = new ArrayList<>();
    final List<Optional<INDArray>> labelMasks = new ArrayList<>();
    private final List<INDArray> taken = new ArrayList<>();
    private final FloatBuffer numbers; // [rows, recordBytes / 4]
    private final int rows;
    private int from; // [where in a record the next array begins]

    Batch(ByteBuffer records, int rows) {
      this.numbers = records.slice().order(records.order()).asFloatBuffer();
      this.rows = rows;
    }

    void add(List<Slot> slots, List<INDArray> arrays, List<Optional<INDArray>> masks) {
      for (Slot slot : slots) {
        arrays.add(next(slot.shape(), slot.width()));
        masks.add(
            slot.mask().isEmpty()
                ? Optional.empty()
                : Optional.of(next(slot.mask(), slot.maskWidth())));
      }
    }

    private INDArray next(List<Long> shape, int width) {
      long[] whole = new long[shape.size() + 1];
      whole[0] = rows;
      for (int i = 0; i < shape.size(); i++) {
        whole[i + 1] = shape.get(i);
      }
      INDArray array = spare.take(whole);
      taken.add(array);
      FloatBuffer to = Floats.of(array);
      int recordFloats = recordBytes() / Float.BYTES;
      for (int row = 0; row < rows; row++) {
        to.put(row * width, numbers, row * recordFloats + from, width);
      }
      from += width;
      return array;
    }

    MiniBatch build() {
      return new MiniBatch(
          features,
          labels,
          featureMasks,
          labelMasks,
          Optional.empty(),
          rows,
          new GiveBack(spare, taken));
    }
  }
}
