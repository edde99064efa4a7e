package io.evenstep.model.engine.step.op;

import io.evenstep.model.DataException;
import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import java.nio.FloatBuffer;
import java.util.Locale;

/**
 * A vector for each whole number of the input. DL4J's weights, [numbers, units] in Fortran order,
 * are read and written unit by unit. In the gradient, only the vectors that were looked up are not
 * 0.
 */
public final class EmbeddingOp implements Op {
  private final int rows;
  private final int time;
  private final int vocabulary;
  private final int units;
  private final boolean hasBias;
  private final FloatBuffer in; // [rows, time]
  private final FloatBuffer out; // [time, rows, units]
  private final FloatBuffer slopes;
  private final Tensor flat; // weights, then biases, in the parameters
  private final Tensor known; // a copy of these
  private final FloatBuffer knownFloats;
  private final Tensor flatSum; // the same, in the gradient
  private final Tensor sum;
  private final FloatBuffer sumFloats;
  private final int[] words; // [rows, time], of the last forward pass

  private EmbeddingOp(
      Assembly assembly, Value in, Value out, int vocabulary, long offset, boolean hasBias) {
    this.rows = Math.toIntExact(in.size(0));
    this.time = Math.toIntExact(Layout.count(in.dims()) / in.size(0));
    this.vocabulary = vocabulary;
    this.units = Math.toIntExact(out.size(1));
    this.hasBias = hasBias;
    this.in = in.data().floats();
    this.out = out.data().floats();
    long length = (long) units * vocabulary + (hasBias ? units : 0);
    this.flat = assembly.parameter(offset, Layout.plain(length));
    this.known = assembly.allocate(Layout.plain(length));
    this.knownFloats = known.floats();
    this.flatSum = assembly.gradient(offset, Layout.plain(length));
    this.sum = assembly.hasSlopes() ? assembly.allocate(Layout.plain(length)) : known;
    this.sumFloats = sum.floats();
    this.slopes = out.slope().map(Tensor::floats).orElse(this.out);
    this.words = new int[rows * time];
  }

  /**
   * @param given whole numbers from 0, [rows, time], or [rows, 1] for one per row
   * @param vocabulary how many numbers there are
   * @param offset of the weights in the flat vector; biases follow them
   * @param asSequence whether the result is [rows, units, time], laid out step by step; else [rows,
   *     units]
   */
  public static Value add(
      Assembly assembly,
      Value given,
      long vocabulary,
      long units,
      long offset,
      boolean hasBias,
      boolean asSequence) {
    Value in = assembly.owned(assembly.plain(given));
    long rows = in.size(0);
    long time = Layout.count(in.dims()) / rows;
    Value out =
        asSequence
            ? assembly.result(
                Layout.strided(new long[] {rows, units, time}, new long[] {units, 1, rows * units}),
                rows,
                units,
                time)
            : assembly.result(Layout.plain(rows, units), rows, units);
    assembly.add(new EmbeddingOp(assembly, in, out, Math.toIntExact(vocabulary), offset, hasBias));
    return out;
  }

  @Override
  public void load() {
    known.copyFrom(flat.address());
  }

  @Override
  public void forward() {
    for (int i = 0; i < words.length; i++) {
      int word = word(in.get(i));
      words[i] = word;
      int to = place(i);
      for (int unit = 0; unit < units; unit++) {
        float bias = hasBias ? knownFloats.get(units * vocabulary + unit) : 0;
        out.put(to + unit, knownFloats.get(unit * vocabulary + word) + bias);
      }
    }
  }

  private int word(float number) {
    if (!(number >= 0 && number < vocabulary)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot look up a number in an embedding: must be from 0 to %d, got %s",
              vocabulary - 1,
              number));
    }
    return (int) number;
  }

  /** Where the vector of a number begins; there are {@code rows x time} numbers, in C order. */
  private int place(int i) {
    return (i % time * rows + i / time) * units;
  }

  @Override
  public void backward() {
    for (int i = 0; i < words.length; i++) {
      int from = place(i);
      for (int unit = 0; unit < units; unit++) {
        add(unit * vocabulary + words[i], slopes.get(from + unit));
        if (hasBias) {
          add(units * vocabulary + unit, slopes.get(from + unit));
        }
      }
    }
    flatSum.copyFrom(sum.address());
    clear();
  }

  private void add(int place, float slope) {
    sumFloats.put(place, sumFloats.get(place) + slope);
  }

  /**
   * Clears what this shard wrote, for the next shard: cheaper than clearing everything when the
   * vocabulary is large.
   */
  private void clear() {
    for (int word : words) {
      for (int unit = 0; unit < units; unit++) {
        sumFloats.put(unit * vocabulary + word, 0);
      }
    }
    for (int i = units * vocabulary; i < sumFloats.limit(); i++) {
      sumFloats.put(i, 0);
    }
  }
}
