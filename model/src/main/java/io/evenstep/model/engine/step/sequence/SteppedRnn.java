package io.evenstep.model.engine.step.sequence;

import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Curve;
import io.evenstep.model.engine.step.op.Value;

/** A recurrent layer of one gate like {@link VanillaRnn}, with any activation. */
public final class SteppedRnn extends SteppedLayer {
  private final Curve activation;

  private SteppedRnn(Maker maker, boolean isForward, Curve activation) {
    super(maker, isForward);
    this.activation = activation;
  }

  /**
   * @param given [rows, inputs, time]
   * @param offset of the parameters in the flat vector
   * @param isForward whether sequences are read from their beginning
   * @return [rows, units, time]
   */
  public static Value add(
      Assembly assembly,
      Value given,
      long units,
      long offset,
      boolean isForward,
      Curve activation) {
    Maker maker = new Maker(assembly, given, units, 1, offset, 0);
    assembly.add(new SteppedRnn(maker, isForward, activation));
    return maker.out();
  }

  @Override
  void ahead(int step, boolean isFirst, int stepBefore) {
    int base = step * rows * units;
    for (int i = 0; i < rows * units; i++) {
      float gate = fromInput.get(base + i) + fromBefore.get(i);
      gates.put(base + i, gate);
      out.put(base + i, activation.of(gate));
    }
  }

  @Override
  void back(Slopes slopes, int step, boolean isFirst, int stepBefore) {
    int base = step * rows * units;
    for (int i = 0; i < rows * units; i++) {
      float slope = slopes.out.get(base + i) + slopes.previous.get(i);
      slopes.now.put(i, slope * activation.slope(gates.get(base + i)));
    }
  }

  @Override
  void beginBackward() {}

  @Override
  void endBackward() {}
}
