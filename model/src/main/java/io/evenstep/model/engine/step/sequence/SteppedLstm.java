package io.evenstep.model.engine.step.sequence;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Curve;
import io.evenstep.model.engine.step.op.Value;
import java.nio.FloatBuffer;

/**
 * A long short-term memory like {@link Lstm}, with any activations. Gates are in DL4J's order:
 * candidate, forget, output, input; for peepholes forget, output, input.
 */
public final class SteppedLstm extends SteppedLayer {
  /**
   * The functions of a cell.
   *
   * @param activation of candidate and output
   * @param gate of the other gates
   * @param peeps whether there are peepholes
   */
  public record Cell(Curve activation, Curve gate, boolean peeps) {}

  private final Curve activation;
  private final Curve gate;
  private final FloatBuffer cells; // [time, rows, units]
  private final FloatBuffer firstCells; // [rows, units], those of the step before the first
  private final FloatBuffer cellSlopes; // [rows, units], passed back by the next step
  private final Tensor cellSlopeTensor;
  private final boolean peeps;
  private final Tensor flatPeepholes; // 3 units, in the parameters
  private final Tensor peepholeTensor; // a copy of these; 0 without peepholes
  private final FloatBuffer peepholes;
  private final Tensor flatPeepholeSums; // the same, in the gradient
  private final Tensor peepholeSumTensor;
  private final FloatBuffer peepholeSums;

  private SteppedLstm(Maker maker, boolean isForward, Cell cell) {
    super(maker, isForward);
    Assembly assembly = maker.assembly();
    this.activation = cell.activation();
    this.gate = cell.gate();
    Tensor allCells = maker.statesOfAll();
    this.cells = allCells.floats();
    this.firstCells = maker.first(isForward, allCells).floats();
    this.cellSlopeTensor = assembly.allocate(Layout.plain(rows, units));
    this.cellSlopes = cellSlopeTensor.floats();
    this.peeps = cell.peeps();
    this.flatPeepholes = assembly.parameter(maker.behindRecurrent(), Layout.plain(3L * units));
    this.peepholeTensor = assembly.allocate(Layout.plain(3L * units));
    this.peepholes = peepholeTensor.floats();
    this.flatPeepholeSums = assembly.gradient(maker.behindRecurrent(), Layout.plain(3L * units));
    this.peepholeSumTensor = assembly.allocate(Layout.plain(3L * units));
    this.peepholeSums = peepholeSumTensor.floats();
  }

  /**
   * @param given [rows, inputs, time]
   * @param offset of the parameters in the flat vector
   * @param isForward whether sequences are read from their beginning
   * @return [rows, units, time]
   */
  public static Value add(
      Assembly assembly, Value given, long units, long offset, boolean isForward, Cell cell) {
    Maker maker = new Maker(assembly, given, units, 4, offset, cell.peeps() ? 3 * units : 0);
    assembly.add(new SteppedLstm(maker, isForward, cell));
    return maker.out();
  }

  @Override
  public void load() {
    if (peeps) {
      peepholeTensor.copyFrom(flatPeepholes.address());
    }
  }

  @Override
  void ahead(int step, boolean isFirst, int stepBefore) {
    for (int row = 0; row < rows; row++) {
      int from = row * width;
      int to = (step * rows + row) * width;
      for (int unit = 0; unit < units; unit++) {
        int at = (step * rows + row) * units + unit;
        float cellBefore = cellBefore(isFirst, stepBefore, row, unit);
        float candidate = sum(from + unit, to + unit, 0);
        float forget = sum(from + unit + units, to + unit + units, peep(0, unit) * cellBefore);
        float input =
            sum(from + unit + 3 * units, to + unit + 3 * units, peep(2, unit) * cellBefore);
        float cell = gate.of(forget) * cellBefore + gate.of(input) * activation.of(candidate);
        float output = sum(from + unit + 2 * units, to + unit + 2 * units, peep(1, unit) * cell);
        cells.put(at, cell);
        out.put(at, gate.of(output) * activation.of(cell));
      }
    }
  }

  private float cellBefore(boolean isFirst, int stepBefore, int row, int unit) {
    return isFirst
        ? firstCells.get(row * units + unit)
        : cells.get((stepBefore * rows + row) * units + unit);
  }

  private float peep(int which, int unit) {
    return peepholes.get(which * units + unit);
  }

  /** Keeps and returns a gate before its activation. */
  private float sum(int from, int to, float peep) {
    float sum = fromInput.get(to) + fromBefore.get(from) + peep;
    gates.put(to, sum);
    return sum;
  }

  @Override
  void beginBackward() {
    cellSlopeTensor.clear();
    peepholeSumTensor.clear();
  }

  @Override
  void back(Slopes slopes, int step, boolean isFirst, int stepBefore) {
    for (int row = 0; row < rows; row++) {
      for (int unit = 0; unit < units; unit++) {
        float cellBefore = cellBefore(isFirst, stepBefore, row, unit);
        back(slopes, step * rows + row, row, unit, cellBefore);
      }
    }
  }

  private void back(Slopes slopes, int stepRow, int row, int unit, float cellBefore) {
    int from = stepRow * width + unit;
    int to = row * width + unit;
    float candidate = gates.get(from);
    float forget = gates.get(from + units);
    float output = gates.get(from + 2 * units);
    float input = gates.get(from + 3 * units);
    float cell = cells.get(stepRow * units + unit);
    float slope = slopes.out.get(stepRow * units + unit) + slopes.previous.get(row * units + unit);
    float toOutput = slope * activation.of(cell) * gate.slope(output);
    float toCell =
        cellSlopes.get(row * units + unit)
            + slope * gate.of(output) * activation.slope(cell)
            + toOutput * peep(1, unit);
    float toForget = toCell * cellBefore * gate.slope(forget);
    float toInput = toCell * activation.of(candidate) * gate.slope(input);
    slopes.now.put(to, toCell * gate.of(input) * activation.slope(candidate));
    slopes.now.put(to + units, toForget);
    slopes.now.put(to + 2 * units, toOutput);
    slopes.now.put(to + 3 * units, toInput);
    cellSlopes.put(
        row * units + unit,
        toCell * gate.of(forget) + toForget * peep(0, unit) + toInput * peep(2, unit));
    addPeep(0, unit, toForget * cellBefore);
    addPeep(1, unit, toOutput * cell);
    addPeep(2, unit, toInput * cellBefore);
  }

  private void addPeep(int which, int unit, float slope) {
    int place = which * units + unit;
    peepholeSums.put(place, peepholeSums.get(place) + slope);
  }

  @Override
  void endBackward() {
    if (peeps) {
      flatPeepholeSums.copyFrom(peepholeSumTensor.address());
    }
  }
}
