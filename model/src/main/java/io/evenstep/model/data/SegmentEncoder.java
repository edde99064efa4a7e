package io.evenstep.model.data;

import io.evenstep.model.data.cell.Absent;
import io.evenstep.model.data.cell.CellValues;
import io.evenstep.model.data.cell.InvalidValueException;
import io.evenstep.model.data.column.TermIndex;
import io.evenstep.model.data.column.TextRecipe;
import io.evenstep.model.data.column.Transform;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encodes the values of one segment's columns. */
abstract class SegmentEncoder {
  final Segment segment;
  private final Missing missing;
  private final Absent absent;

  SegmentEncoder(Segment segment, Missing missing, Absent absent) {
    this.segment = segment;
    this.missing = segment.gaps().over(missing);
    this.absent = absent;
  }

  static SegmentEncoder of(
      Segment segment, Missing missing, Absent absent, float fill, Unseen unseen) {
    return switch (segment.kind()) {
      case INDEX, ONE_HOT -> new Categories(segment, missing, absent, unseen);
      case NUMBER, TRUTH, TIME, NUMBERS, ORDINAL -> new Numbers(segment, missing, absent, fill);
      case IMAGE -> new Images(segment, missing, absent, fill);
      case INDICATOR -> new Indicators(segment, absent);
      case TEXT -> new Texts(segment, missing, absent);
      case TOKENS, NEXT_TOKENS -> new TokenEncoder(segment, missing, absent);
    };
  }

  int columns() {
    return segment.columns().size();
  }

  /** Writes the values from {@code first} on; false when the row must be left out. */
  boolean encode(@Nullable Object[] values, int first, ByteBuffer record)
      throws InvalidValueException {
    for (int column = 0; column < segment.columns().size(); column++) {
      Object value = values[first + column];
      try {
        if (value == null || absent.holds(value)) {
          if (missing == Missing.DROP) {
            return false;
          }
          encodeMissing(column, record);
        } else {
          encodeValue(column, value, record);
        }
      } catch (InvalidValueException e) {
        throw e.in(segment.columns().get(column));
      }
    }
    return true;
  }

  abstract void encodeValue(int column, Object value, ByteBuffer record)
      throws InvalidValueException;

  abstract void encodeFill(int column, ByteBuffer record) throws InvalidValueException;

  private void encodeMissing(int column, ByteBuffer record) throws InvalidValueException {
    if (missing == Missing.REFUSE) {
      throw new InvalidValueException("must not be missing", "nothing");
    }
    encodeFill(column, record);
  }

  private static final class Numbers extends SegmentEncoder {
    private final float fill;
    private final CellReader cells;
    private final double[] numbers; // of one value
    private final List<Double> shift;
    private final List<Double> scale;
    private final List<Transform.Function> transforms; // as many as shifts, or none
    private final int run; // numbers of the segment that share a shift and a scale

    Numbers(Segment segment, Missing missing, Absent absent, float fill) {
      super(segment, missing, absent);
      this.fill = fill;
      this.cells = CellReader.of(segment.kind(), segment.format(), segment.categories());
      this.numbers = new double[segment.valueNumbers()];
      this.shift = segment.scaling().onPacking().shift();
      this.scale = segment.scaling().onPacking().scale();
      this.transforms = segment.scaling().transforms().stream().map(Transform::chain).toList();
      this.run = segment.stored() / Math.max(1, shift.size());
    }

    @Override
    void encodeValue(int column, Object value, ByteBuffer record) throws InvalidValueException {
      if (segment.valueNumbers() == 1 && segment.kind() != Segment.Kind.NUMBERS) {
        cells.read(value, numbers);
        put(column, numbers[0], value, record);
      } else if (segment.storage() == Storage.U8 && value instanceof byte[] bytes) {
        putBytes(bytes, record);
      } else {
        double[] read = segment.isPadded() ? CellValues.room(value, numbers.length) : numbers;
        cells.read(value, read);
        for (int i = 0; i < read.length; i++) {
          put(column * numbers.length + i, read[i], read[i], record);
        }
        pad(numbers.length - read.length, record);
      }
    }

    private static void pad(int count, ByteBuffer record) {
      for (int i = 0; i < count; i++) {
        record.putFloat(Float.NaN);
      }
    }

    private void putBytes(byte[] bytes, ByteBuffer record) throws InvalidValueException {
      if (bytes.length != numbers.length) {
        throw new InvalidValueException("must hold " + numbers.length + " numbers", bytes.length);
      }
      record.put(bytes);
    }

    /** Writes the segment's number {@code at}. */
    private void put(int at, double number, Object value, ByteBuffer record)
        throws InvalidValueException {
      if (segment.storage() == Storage.F32) {
        double scaled = scaled(at, number);
        if (Double.isNaN(scaled)) {
          throw new InvalidValueException(
              "must be above -1 for transform log; signed-log and power take any number", value);
        }
        record.putFloat(CellValues.single(scaled, value));
      } else if (number >= 0 && number <= 255 && number == (int) number) {
        record.put((byte) (int) number);
      } else {
        throw new InvalidValueException("must be a whole number from 0 to 255", value);
      }
    }

    private double scaled(int at, double number) {
      if (shift.isEmpty()) {
        return number;
      }
      int pair = at / run;
      double transformed = transforms.isEmpty() ? number : transforms.get(pair).of(number);
      return (transformed - shift.get(pair)) * scale.get(pair);
    }

    @Override
    void encodeFill(int column, ByteBuffer record) throws InvalidValueException {
      int count = segment.isPadded() ? 1 : numbers.length;
      for (int i = 0; i < count; i++) {
        int at = column * numbers.length + i;
        double number = segment.gaps().fill().isEmpty() ? fill : segment.gaps().fill().get(at);
        put(at, number, number, record);
      }
      pad(numbers.length - count, record);
    }
  }

  private static final class Indicators extends SegmentEncoder {
    Indicators(Segment segment, Absent absent) {
      super(segment.with(new Gaps(Gaps.Rule.FILL, List.of())), Missing.FILL, absent);
    }

    @Override
    void encodeValue(int column, Object value, ByteBuffer record) {
      record.putFloat(0);
    }

    @Override
    void encodeFill(int column, ByteBuffer record) {
      record.putFloat(1);
    }
  }

  private static final class Images extends SegmentEncoder {
    private final float fill;

    Images(Segment segment, Missing missing, Absent absent, float fill) {
      super(segment, missing, absent);
      this.fill = fill;
    }

    @Override
    void encodeValue(int column, Object value, ByteBuffer record) throws InvalidValueException {
      if (!(value instanceof byte[] file)) {
        throw new InvalidValueException("must be the bytes of a PNG or JPEG", value);
      }
      record.put(Images8.decode(file, segment.shape()));
    }

    @Override
    void encodeFill(int column, ByteBuffer record) {
      for (int i = 0; i < segment.valueNumbers(); i++) {
        record.put((byte) (int) fill);
      }
    }
  }

  /** Counts of terms; those of an empty text are 0. */
  private static final class Texts extends SegmentEncoder {
    private final TermIndex terms;

    Texts(Segment segment, Missing missing, Absent absent) {
      super(segment, missing, absent);
      this.terms = new TermIndex(TextRecipe.of(segment.format()), segment.categories());
    }

    @Override
    void encodeValue(int column, Object value, ByteBuffer record) {
      int start = record.position();
      encodeFill(column, record);
      Map<Integer, Integer> counts = terms.counts(CellValues.category(value));
      if (segment.storage() == Storage.U8) {
        counts.forEach((term, count) -> record.put(start + term, (byte) (int) count));
        return;
      }
      int at = start;
      int end = record.position();
      for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
        if (at < end) {
          record.putInt(at, (entry.getKey() << 8) | entry.getValue());
          at += Integer.BYTES;
        }
      }
    }

    @Override
    void encodeFill(int column, ByteBuffer record) {
      record.put(new byte[segment.bytes()]);
    }
  }

  private static final class Categories extends SegmentEncoder {
    private static final int SHOWN = 20;

    private final Map<String, Integer> indexes = new HashMap<>();
    private final Unseen unseen;

    Categories(Segment segment, Missing missing, Absent absent, Unseen unseen) {
      super(segment, missing, absent);
      this.unseen = unseen;
      List<String> categories = segment.categories();
      for (int i = 0; i < categories.size(); i++) {
        indexes.put(categories.get(i), i);
      }
    }

    @Override
    void encodeValue(int column, Object value, ByteBuffer record) throws InvalidValueException {
      encodeCategory(CellValues.category(value), record);
    }

    @Override
    void encodeFill(int column, ByteBuffer record) throws InvalidValueException {
      encodeCategory("", record);
    }

    private void encodeCategory(String category, ByteBuffer record) throws InvalidValueException {
      int index = index(category);
      if (segment.storage() == Storage.U8) {
        record.put((byte) index);
      } else {
        record.putInt(index);
      }
    }

    private int index(String category) throws InvalidValueException {
      Integer index = indexes.get(category);
      if (index == null && !unseen.isTakenBy(segment.kind())) {
        throw new InvalidValueException("must be one of " + known(), category);
      }
      return index == null ? segment.unseenIndex() : index;
    }

    private String known() {
      List<String> categories = segment.categories();
      return categories.size() <= SHOWN
          ? categories.toString()
          : categories.subList(0, SHOWN) + " and " + (categories.size() - SHOWN) + " more";
    }
  }
}
