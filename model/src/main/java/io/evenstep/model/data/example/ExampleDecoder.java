package io.evenstep.model.data.example;

import io.evenstep.model.data.Floats;
import io.evenstep.model.data.GiveBack;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.SpareArrays;
import io.evenstep.model.data.example.ExampleLayout.Slot;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Decodes records of an {@link ExampleLayout}. */
final class ExampleDecoder implements RecordDecoder {
  private final ExampleLayout layout;
  private final long segmentSteps;
  private final SpareArrays spare = new SpareArrays();

  /** A decoder of segments with this many time steps. */
  ExampleDecoder(ExampleLayout layout, long segmentSteps) {
    this.layout = layout;
    this.segmentSteps = segmentSteps;
  }

  @Override
  public int recordBytes() {
    return layout.recordBytes();
  }

  @Override
  public MiniBatch decode(ByteBuffer records, int rows) {
    return decode(records, rows, 0);
  }

  @Override
  public MiniBatch decode(ByteBuffer records, int rows, int segment) {
    Batch batch = new Batch(records, rows, segment);
    batch.add(layout.features(), batch.features, batch.featureMasks);
    batch.add(layout.labels(), batch.labels, batch.labelMasks);
    records.position(records.position() + rows * recordBytes());
    return batch.build();
  }

  /** One batch while it is decoded. */
  private final class Batch {
    final List<INDArray> features = new ArrayList<>();
    final List<INDArray> labels = new ArrayList<>();
    final List<Optional<INDArray>> featureMasks = new ArrayList<>();
    final List<Optional<INDArray>> labelMasks = new ArrayList<>();
    private final List<INDArray> taken = new ArrayList<>();
    private final FloatBuffer numbers; // rows, recordBytes / 4
    private final int rows;
    private final int segment;
    private int from; // where the next array begins in a record

    Batch(ByteBuffer records, int rows, int segment) {
      this.numbers = records.slice().order(records.order()).asFloatBuffer();
      this.rows = rows;
      this.segment = segment;
    }

    void add(List<Slot> slots, List<INDArray> arrays, List<Optional<INDArray>> masks) {
      for (Slot slot : slots) {
        INDArray whole = next(slot.shape(), slot.width());
        arrays.add(slot.isSequence() ? cut(whole) : whole);
        if (slot.mask().isEmpty()) {
          masks.add(Optional.empty());
        } else {
          INDArray mask = next(slot.mask(), slot.maskWidth());
          masks.add(Optional.of(slot.isMaskedByTime() ? cut(mask) : mask));
        }
      }
    }

    /** The segment's part of the last dimension. */
    private INDArray cut(INDArray whole) {
      long steps = whole.size(whole.rank() - 1);
      if (segmentSteps >= steps) {
        return whole;
      }
      long begin = segment * segmentSteps;
      INDArrayIndex[] part = NDArrayIndex.allFor(whole);
      part[part.length - 1] = NDArrayIndex.interval(begin, Math.min(steps, begin + segmentSteps));
      return whole.get(part);
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
      Floats.written(array);
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
          segment,
          new GiveBack(spare, taken));
    }
  }
}
