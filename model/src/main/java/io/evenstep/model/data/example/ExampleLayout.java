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
 * The shapes of ready-made examples in DL4J's DataSet and MultiDataSet, which give the layout of a
 * record: for each input its numbers, then its mask's, then the same for each output, all as
 * floats.
 *
 * @param features one slot per input, at least one
 * @param labels one slot per output, at least one
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
   * @param shape without the rows dimension; [size, time] is a sequence
   * @param mask the mask's shape without the rows dimension; empty for no mask
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

    /** Time steps of a sequence. */
    long steps() {
      return shape.get(1);
    }

    /** Whether its mask, if it has one, has one number per time step. */
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
   * A layout for the examples of both. Sequences are as long as the longest, and masked when they
   * were before or when their lengths differ.
   *
   * @throws DataException naming what must be equal but differs
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

  /** The distinct lengths of the inputs' and outputs' sequences, in the longest examples. */
  public List<Long> sequenceLengths() {
    return slots().filter(Slot::isSequence).map(Slot::steps).distinct().toList();
  }

  /** Whether every input and output is a sequence. */
  public boolean allSequences() {
    return slots().allMatch(Slot::isSequence);
  }

  /** Whether masks of labels have one number per time step, or one per example. */
  public boolean masksOfLabelsAreByStep() {
    return labels.stream().allMatch(slot -> slot.maskWidth() <= 1 || slot.isMaskedByTime());
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
   * A decoder of examples whose sequences are cut along time; other arrays stay whole.
   *
   * @param segmentSteps time steps of a segment, at least 1; the last segment may have fewer
   */
  public RecordDecoder decoder(long segmentSteps) {
    return new ExampleDecoder(this, segmentSteps);
  }

  /** The number of segments that the sequences are cut into, with this many time steps each. */
  public int segments(long segmentSteps) {
    return Math.toIntExact(Math.max(1, (steps() + segmentSteps - 1) / segmentSteps));
  }

  Stream<Slot> slots() {
    return Stream.concat(features.stream(), labels.stream());
  }
}
