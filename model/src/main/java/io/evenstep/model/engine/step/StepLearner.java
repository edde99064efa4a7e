package io.evenstep.model.engine.step;

import io.evenstep.model.NativeRuntime;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Pass;
import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.model.engine.Scorer;
import io.evenstep.model.engine.StateSection;
import io.evenstep.model.engine.step.kernel.OneDnn;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.Network;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * A learner whose gradients and steps are compiled. DL4J's network behind it holds the memory and
 * knows how to save it; where an optimizer is not covered, its updater takes the step.
 */
final class StepLearner implements Learner {
  private final Network network;
  private final ProgramSource programs;
  private final Region parameters; // [n]
  private final Region gradient; // [n]
  private final List<StateSection> state;
  private final Optional<CompiledUpdate> update;
  private final long firstStep;
  private long version; // of the parameters

  StepLearner(Network network, Clipping clipping) {
    this.network = network;
    this.programs = ProgramSource.of(network.model());
    this.parameters = Region.of(network.parameters());
    this.gradient = Region.of(network.gradient());
    this.state =
        network.optimizerState().stream()
            .map(array -> new StateSection(StateSection.OPTIMIZER, Region.of(array)))
            .toList();
    this.update = CompiledUpdate.of(network.updater(), parameters, gradient, state, clipping);
    this.firstStep = network.stepsTaken();
  }

  ProgramSource programs() {
    return programs;
  }

  /** Changes whenever the parameters do. */
  long version() {
    return version;
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
    return new StepPass(this);
  }

  @Override
  public Scorer scorer() {
    return new StepScorer(this);
  }

  @Override
  public void apply(long step, int epoch, int rows, Range range) {
    if (range.from() != 0) {
      return; // [norms need the whole vector, so that its first part takes the whole step]
    }
    long before = firstStep + step;
    if (update.isPresent()) {
      update.get().apply(Math.toIntExact(before), epoch, rows);
      network.stepTaken(before + 1, epoch);
      written();
    } else {
      network.step(before, epoch, rows);
      version++;
    }
  }

  @Override
  public String platform() {
    return NativeRuntime.describe() + ", " + OneDnn.description();
  }

  @Override
  public void written() {
    version++;
    parameters.written();
    state.forEach(section -> section.region().written());
  }

  @Override
  public void save(OutputStream out) throws IOException {
    network.save(out);
  }
}
