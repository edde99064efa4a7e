package io.evenstep.model.data.example;

import io.evenstep.model.DataException;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.Segment;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The shapes of ready-made examples, as DL4J's DataSet and MultiDataSet hold them, and so how one
 * lies in a record: for each input its numbers, then its mask's, and for each output the same, all
 * as floats.
 *
 * @param features one slot an input, at least one
 * @param labels one slot an output, at least one
 * @param isUneven whether some examples have shorter sequences than others, which are padded
 */
public record ExampleLayout(List<Slot> features, List<Slot> labels, boolean isUneven)
    implements Serializable {
  /** Copies the lists. */
  public ExampleLayout {
    features = List.copyOf(features);
    labels = List.copyOf(labels);
  }

  /**
   * One input or output of one example.
   *
   * @param shape without the rows; [size, time] is a sequence
   * @param mask the mask's shape without the rows; empty for no mask
   */
  public record Slot(List<Long> shape, List<Long> mask) implements Serializable {
    /** Copies the lists. */
    public Slot {
      shape = List.copyOf(shape);
      mask = List.copyOf(mask);
    }

    /** Numbers of one example. */
    int width() {
      return Segment.product(shape);
    }

    /** Numbers of one example's mask; 0 for no mask. */
    int maskWidth() {
      return mask.isEmpty() ? 0 : Segment.product(mask);
    }

    boolean isSequence() {
      return shape.size() == 2;
    }

    /** Steps in time of a sequence. */
    long steps() {
      return shape.get(1);
    }

    /** Whether its mask, if it has one, has one number for each step in time. */
    boolean isMaskedByTime() {
      return isSequence() && mask.equals(List.of(steps()));
    }

    private Slot merge(Slot other, String name) {
      if (equals(other)) {
        return this;
      }
      boolean sequences = isSequence() && other.isSequence();
      if (sequences && shape.get(0).equals(other.shape.get(0)) && masksGoTogether(other)) {
        long longest = Math.max(steps(), other.steps());
        return new Slot(List.of(shape.get(0), longest), List.of(longest));
      }
      requireSame(shape, other.shape, "shape", name);
      if (!mask.isEmpty() && !other.mask.isEmpty()) {
        requireSame(mask, other.mask, "mask shape", name);
      }
      return mask.isEmpty() ? other : this;
    }

    private boolean masksGoTogether(Slot other) {
      return (mask.isEmpty() || isMaskedByTime())
          && (other.mask.isEmpty() || other.isMaskedByTime());
    }
  }

  /**
   * The layout that holds examples of both: sequences as long as the longest, masked when they were
   * or when they are of unequal length.
   *
   * @throws DataException naming what must be the same and is not
   */
  public ExampleLayout merge(ExampleLayout other) {
    return equals(other)
        ? this
        : new ExampleLayout(
            merge(features, other.features, "features"),
            merge(labels, other.labels, "labels"),
            isUneven || other.isUneven || !sequenceLengths().equals(other.sequenceLengths()));
  }

  private static List<Slot> merge(List<Slot> some, List<Slot> others, String name) {
    requireSame(some.size(), others.size(), "number of arrays", name);
    List<Slot> merged = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      merged.add(some.get(i).merge(others.get(i), name + " " + i));
    }
    return merged;
  }

  private static void requireSame(Object some, Object other, String what, String name) {
    if (!some.equals(other)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Invalid examples: all must have the same %s of %s, got %s and %s",
              what,
              name,
              some,
              other));
    }
  }

  /** The lengths that sequences have, of the longest examples, each once. */
  public List<Long> sequenceLengths() {
    return slots().filter(Slot::isSequence).map(Slot::steps).distinct().toList();
  }

  /** Whether every input and output is a sequence. */
  public boolean allSequences() {
    return slots().allMatch(Slot::isSequence);
  }

  private long steps() {
    return sequenceLengths().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** Bytes of a record. */
  public int recordBytes() {
    int numbers = slots().mapToInt(slot -> Math.addExact(slot.width(), slot.maskWidth())).sum();
    return Math.multiplyExact(numbers, Float.BYTES);
  }

  /** A decoder of whole examples. */
  public RecordDecoder decoder() {
    return new ExampleDecoder(this, Math.max(1, steps()));
  }

  /**
   * A decoder of examples whose sequences are cut along time; arrays that are no sequences stay
   * whole.
   *
   * @param segmentSteps steps in time of a segment, at least 1; the last one may have fewer
   */
  public RecordDecoder decoder(long segmentSteps) {
    return new ExampleDecoder(this, segmentSteps);
  }

  /** Segments that sequences are cut into, so many steps in time each. */
  public int segments(long segmentSteps) {
    return Math.toIntExact(Math.max(1, (steps() + segmentSteps - 1) / segmentSteps));
  }

  Stream<Slot> slots() {
    return Stream.concat(features.stream(), labels.stream());
  }
}
