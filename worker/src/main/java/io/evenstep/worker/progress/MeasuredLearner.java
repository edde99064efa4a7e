package io.evenstep.worker.progress;

import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Pass;
import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.model.engine.Scorer;
import io.evenstep.model.engine.StateSection;
import io.evenstep.model.network.dl4j.LayerRange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A learner that measures a step when asked to: the gradient's norm, and how far the parameters
 * move. Other steps go straight through. What is computed stays the same to the bit.
 */
public final class MeasuredLearner implements Learner {
  private final Learner learner;
  private final UpdateRatio ratio;
  private boolean wanted;
  private Optional<ProgressEvent.StepMeasured> measured = Optional.empty();

  /** Measures {@code learner}. */
  public MeasuredLearner(Learner learner) {
    this.learner = learner;
    this.ratio = new UpdateRatio(learner.parameters(), learner.layers());
  }

  /** Measures the next step that is taken. */
  public void measureNext() {
    wanted = true;
  }

  /** What was measured since this was asked last. */
  public Optional<ProgressEvent.StepMeasured> takeMeasured() {
    Optional<ProgressEvent.StepMeasured> taken = measured;
    measured = Optional.empty();
    return taken;
  }

  @Override
  public void apply(long step, int epoch, int rows, Range range) {
    boolean isWhole = range.from() == 0 && range.to() == learner.parameters().length();
    if (!wanted || !isWhole) {
      learner.apply(step, epoch, rows, range);
      return;
    }
    wanted = false;
    double norm = learner.gradient().norm() / rows; // apply may overwrite the gradient
    ratio.before();
    learner.apply(step, epoch, rows, range);
    UpdateRatio.Ratios moved = ratio.after();
    double rate = learner.learningRate(step, epoch).orElse(Double.NaN);
    measured =
        Optional.of(
            new ProgressEvent.StepMeasured(step + 1, rate, norm, moved.whole(), moved.layers()));
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
  public List<LayerRange> layers() {
    return learner.layers();
  }

  @Override
  public OptionalDouble learningRate(long step, int epoch) {
    return learner.learningRate(step, epoch);
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
