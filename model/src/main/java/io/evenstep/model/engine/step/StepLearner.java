package io.evenstep.model.engine.step;

import io.evenstep.model.NativeRuntime;
import io.evenstep.model.engine.AttackedPass;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Objective;
import io.evenstep.model.engine.Objective.Manner;
import io.evenstep.model.engine.Pass;
import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.model.engine.Scorer;
import io.evenstep.model.engine.StateSection;
import io.evenstep.model.engine.Stepper;
import io.evenstep.model.engine.TiedPass;
import io.evenstep.model.engine.step.kernel.OneDnn;
import io.evenstep.model.network.dl4j.LayerRange;
import io.evenstep.model.network.dl4j.LearningRate;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.dl4j.Tie;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A learner whose gradients and steps are compiled. The DL4J network behind it owns the memory and
 * saves it. When an optimizer is not covered, DL4J's updater takes the step.
 */
final class StepLearner implements Learner {
  private final Network network;
  private final Objective objective;
  private final ProgramSource programs;
  private final Region parameters; // [n]
  private final Region gradient; // [n]
  private final List<StateSection> state;
  private final Optional<CompiledUpdate> update;
  private final boolean isFit;
  private final long firstStep;
  private final int firstEpoch;
  private final Stepper whole; // for a single thread that takes the steps
  private final AtomicLong version = new AtomicLong(); // of the parameters

  StepLearner(Network network, Objective objective) {
    this.network = network;
    this.objective = objective;
    this.isFit = objective.manner() == Manner.FIT;
    this.programs = ProgramSource.of(network.model(), objective);
    this.parameters = Region.of(network.parameters());
    this.gradient = Region.of(network.gradient());
    this.state =
        network.optimizerState().stream()
            .map(array -> new StateSection(StateSection.OPTIMIZER, Region.of(array)))
            .toList();
    this.update =
        CompiledUpdate.of(network.updater(), parameters, gradient, state, objective.clipping());
    this.firstStep = network.stepsTaken();
    this.firstEpoch = isFit ? network.epochsTaken() : 0;
    this.whole = stepper();
  }

  ProgramSource programs() {
    return programs;
  }

  /** What the loss of each row includes besides its own: the penalty, in a DL4J fit. */
  double penaltyInLoss() {
    if (!isFit) {
      return 0;
    }
    synchronized (this) { // DL4J's network is for one thread
      return network.penalty();
    }
  }

  /** Whether its sequences come in segments, for truncated backpropagation through time. */
  boolean isCutAlongTime() {
    return programs.isCutAlongTime();
  }

  /** Changes whenever the parameters do. */
  long version() {
    return version.get();
  }

  @Override
  public Region parameters() {
    return parameters;
  }

  @Override
  public Region gradient() {
    return gradient;
  }

  @Override
  public List<StateSection> state() {
    return state;
  }

  @Override
  public Pass pass() {
    return TiedPass.of(
        AttackedPass.of(new StepPass(this), objective.attack(), gradient.length()),
        Tie.of(network.updater()));
  }

  @Override
  public Scorer scorer() {
    return new StepScorer(this);
  }

  @Override
  public boolean isShareable() {
    return true;
  }

  @Override
  public List<Range> cut(int parts) {
    if (update.isPresent()) {
      return update.get().cut(parts);
    }
    List<Range> ranges = new ArrayList<>();
    for (long part = 0; part < parts; part++) {
      long length = parameters.length();
      ranges.add(new Range(length * part / parts, length * (part + 1) / parts));
    }
    return ranges;
  }

  @Override
  public Stepper stepper() {
    return update.<Stepper>map(each -> new PartStepper(each.part())).orElseGet(WholeStepper::new);
  }

  @Override
  public void apply(long step, int epoch, int rows, Range range) {
    whole.measure(step, epoch, rows, range);
    whole.apply(step, epoch, rows, range);
  }

  /** When there are more threads than pieces, some have nothing to do. */
  private static boolean isFirst(Range range) {
    return range.from() == 0 && range.to() > 0;
  }

  /** Applies a step to its range. */
  private final class PartStepper implements Stepper {
    private final CompiledUpdate.Part part;

    PartStepper(CompiledUpdate.Part part) {
      this.part = part;
    }

    @Override
    public void measure(long step, int epoch, int rows, Range range) {
      part.measure(Math.toIntExact(firstStep + step), firstEpoch + epoch, rows, range);
    }

    @Override
    public void apply(long step, int epoch, int rows, Range range) {
      part.apply(range);
      if (isFirst(range)) {
        network.stepTaken(firstStep + step + 1, firstEpoch + epoch);
        written();
      }
    }
  }

  /** DL4J's updater cannot divide a step. It takes the whole step with the first range. */
  private final class WholeStepper implements Stepper {
    @Override
    public void measure(long step, int epoch, int rows, Range range) {}

    @Override
    public void apply(long step, int epoch, int rows, Range range) {
      if (isFirst(range)) {
        network.step(firstStep + step, firstEpoch + epoch, rows);
        version.incrementAndGet();
      }
    }
  }

  @Override
  public List<LayerRange> layers() {
    return LayerRange.of(network.updater());
  }

  @Override
  public List<LayerRange> statistics() {
    return LayerRange.statistics(network.updater());
  }

  @Override
  public OptionalDouble learningRate(long step, int epoch) {
    return LearningRate.of(network.updater(), firstStep + step, firstEpoch + epoch);
  }

  @Override
  public String platform() {
    String products =
        switch (objective.precision()) {
          case FLOAT32 -> OneDnn.description();
          case BFLOAT16_EMULATED -> OneDnn.description() + ", emulated bfloat16 products";
          case BFLOAT16 -> OneDnn.bfloat16Description().orElseThrow() + ", bfloat16 products";
        };
    return NativeRuntime.describe() + ", " + products;
  }

  @Override
  public void written() {
    version.incrementAndGet();
    parameters.written();
    state.forEach(section -> section.region().written());
  }

  @Override
  public void save(OutputStream out) throws IOException {
    network.save(out);
  }
}
