package io.evenstep.worker.train;

import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Pass;
import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.model.engine.Scorer;
import io.evenstep.model.engine.StateSection;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A learner that fails at a certain step, on selected threads. */
final class DyingLearner implements Learner {
  private final Learner learner;
  private final long step;
  private final BooleanSupplier dies;

  DyingLearner(Learner learner, long step, BooleanSupplier dies) {
    this.learner = learner;
    this.step = step;
    this.dies = dies;
  }

  @Override
  public void apply(long at, int epoch, int rows, Range range) {
    if (at == step && dies.getAsBoolean()) {
      throw new IllegalStateException("dying at step " + at);
    }
    learner.apply(at, epoch, rows, range);
  }

  @Override
  public Region parameters() {
    return learner.parameters();
  }

  @Override
  public Region gradient() {
    return learner.gradient();
  }

  @Override
  public List<StateSection> state() {
    return learner.state();
  }

  @Override
  public Pass pass() {
    return learner.pass();
  }

  @Override
  public Scorer scorer() {
    return learner.scorer();
  }

  @Override
  public String platform() {
    return learner.platform();
  }

  @Override
  public void written() {
    learner.written();
  }

  @Override
  public void save(OutputStream out) throws IOException {
    learner.save(out);
  }
}
