package io.evenstep.model.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Decodes each tensor into a float array on the heap, then copies it in one call. */
final class TensorDecoder implements RecordDecoder {
  private final int recordBytes;
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<Tensor> outputs = new ArrayList<>();
  private final List<Tensor> weights = new ArrayList<>();
  private final SpareArrays spare = new SpareArrays();
  private byte[] bytes = new byte[0]; // rows * recordBytes, kept from call to call

  TensorDecoder(Encoding encoding) {
    this.recordBytes = encoding.recordBytes();
    int offset = 0;
    for (TensorEncoding input : encoding.inputs()) {
      inputs.add(new Tensor(input, offset));
      offset += input.bytes();
    }
    for (TensorEncoding output : encoding.outputs()) {
      outputs.add(
          output.isCopy()
              ? new Tensor(output.storedAs(encoding.inputs().get(0)), 0)
              : new Tensor(output, offset));
      offset += output.bytes();
    }
    for (TensorEncoding weight : encoding.weights()) {
      weights.add(new Tensor(weight, offset));
      offset += weight.bytes();
    }
  }

  @Override
  public int recordBytes() {
    return recordBytes;
  }

  @Override
  public MiniBatch decode(ByteBuffer records, int rows) {
    int length = Math.multiplyExact(rows, recordBytes);
    if (bytes.length < length) {
      bytes = new byte[length];
    }
    records.get(bytes, 0, length);
    List<INDArray> features = decode(inputs, rows);
    List<Optional<INDArray>> masks = masks(inputs, rows);
    List<INDArray> labels = decode(outputs, rows);
    List<Optional<INDArray>> labelMasks = masks(outputs, rows);
    List<INDArray> factors = decode(weights, rows); // [each [rows, 1]; none, or one]
    AtomicBoolean released = new AtomicBoolean();
    Runnable release =
        () -> {
          if (released.compareAndSet(false, true)) {
            features.forEach(spare::give);
            masks.forEach(mask -> mask.ifPresent(spare::give));
            labels.forEach(spare::give);
            labelMasks.forEach(mask -> mask.ifPresent(spare::give));
            factors.forEach(spare::give);
          }
        };
    Optional<INDArray> weight = factors.stream().findFirst();
    return new MiniBatch(features, labels, masks, labelMasks, weight, rows, release);
  }

  private List<INDArray> decode(List<Tensor> tensors, int rows) {
    List<INDArray> arrays = new ArrayList<>(tensors.size());
    for (Tensor tensor : tensors) {
      arrays.add(tensor.decode(bytes, recordBytes, rows, spare));
    }
    return arrays;
  }

  /** The masks of the tensors just decoded; none if no tensor has one. */
  private List<Optional<INDArray>> masks(List<Tensor> tensors, int rows) {
    List<Optional<INDArray>> masks = new ArrayList<>();
    tensors.forEach(tensor -> masks.add(tensor.mask(rows, spare)));
    return masks.stream().anyMatch(Optional::isPresent) ? masks : List.of();
  }

  private static final class Tensor {
    private final long[] shape; // rows, ...
    private final int width;
    private final boolean isPadded;
    private final boolean isNextToken;
    private final List<SegmentDecoder> segments = new ArrayList<>();
    private float[] numbers = new float[0]; // rows * width
    private float[] present = new float[0]; // rows * steps, 1 for a step that a row has

    Tensor(TensorEncoding encoding, int offset) {
      this.width = encoding.width();
      this.isPadded = encoding.segments().stream().anyMatch(Segment::isPadded);
      this.isNextToken = encoding.isNextToken();
      this.shape = new long[encoding.shape().size() + 1];
      for (int i = 1; i < shape.length; i++) {
        shape[i] = encoding.shape().get(i - 1);
      }
      int from = offset;
      int to = 0;
      for (Segment segment : encoding.segments()) {
        segments.add(SegmentDecoder.of(segment, from, to));
        from += segment.bytes();
        to += segment.width();
      }
    }

    INDArray decode(byte[] records, int recordBytes, int rows, SpareArrays spare) {
      if (numbers.length != rows * width) {
        numbers = new float[rows * width];
      }
      for (SegmentDecoder segment : segments) {
        segment.decode(records, recordBytes, rows, numbers, width);
      }
      shape[0] = rows;
      if (isPadded) {
        findSteps(rows, (int) shape[shape.length - 1]);
      }
      if (isNextToken) {
        weighSteps(rows, (int) shape[shape.length - 1]);
      }
      INDArray tensor = spare.take(shape);
      Floats.of(tensor).put(numbers);
      Floats.written(tensor);
      return tensor;
    }

    /** Replaces the padding, which is NaN, by 0, and notes the steps with a number. */
    private void findSteps(int rows, int steps) {
      present = new float[rows * steps];
      for (int i = 0; i < numbers.length; i++) {
        int step = i / width * steps + i % steps;
        if (Float.isNaN(numbers[i])) {
          numbers[i] = 0;
        } else {
          present[step] = 1;
        }
      }
    }

    /**
     * Gives each step with a token the same share of a whole row's loss, so that the loss of rows
     * is a mean over tokens.
     */
    private void weighSteps(int rows, int steps) {
      present = new float[rows * steps];
      for (int i = 0; i < numbers.length; i++) {
        present[i / width * steps + i % steps] += numbers[i] / steps;
      }
    }

    /** The mask [rows, steps] of the rows just decoded. */
    Optional<INDArray> mask(int rows, SpareArrays spare) {
      if (!isPadded && !isNextToken) {
        return Optional.empty();
      }
      INDArray mask = spare.take(new long[] {rows, shape[shape.length - 1]});
      Floats.of(mask).put(present);
      Floats.written(mask);
      return Optional.of(mask);
    }
  }
}
