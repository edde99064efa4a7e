package io.evenstep.model.engine.step;

import io.evenstep.model.DivergedException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Pass;
import io.evenstep.model.engine.Region;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/** One thread's programs for the gradients of a learner. */
final class StepPass implements Pass {
  private static final byte[] NONE = {};

  private final StepLearner learner;
  private final StepPrograms programs;
  private byte[] before = NONE; // the state from which the next segment goes on
  private byte[] after = NONE; // the state after the segment just computed
  private @Nullable StepProgram last;

  StepPass(StepLearner learner) {
    this.learner = learner;
    this.programs = new StepPrograms(learner, learner.programs().forTraining());
  }

  @Override
  public double accumulate(MiniBatch given, long randomKey, Region target) {
    MiniBatch shard = learner.isCutAlongTime() ? plain(given) : given;
    StepProgram program = programs.of(ShardShape.of(shard));
    program.shard().of(shard);
    program.begin(shard.segment() == 0 ? NONE : before);
    last = program;
    double loss = program.accumulate(randomKey, target.address());
    after = program.segmentState();
    target.written();
    if (!Double.isFinite(loss)) {
      throw new DivergedException("Cannot continue: the loss must be a finite number, got " + loss);
    }
    return loss + learner.penaltyInLoss() * shard.rows();
  }

  /** Segments are views of whole sequences. */
  private static MiniBatch plain(MiniBatch views) {
    return new MiniBatch(
        views.features().stream().map(StepPass::plain).toList(),
        views.labels().stream().map(StepPass::plain).toList(),
        views.featureMasks().stream().map(mask -> mask.map(StepPass::plain)).toList(),
        views.labelMasks().stream().map(mask -> mask.map(StepPass::plain)).toList(),
        views.weights(),
        views.rows(),
        views.segment(),
        () -> {});
  }

  private static INDArray plain(INDArray array) {
    boolean isPlain = array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array);
    return isPlain ? array : array.dup('c');
  }

  @Override
  public List<FloatBuffer> inputSlopes() {
    return Objects.requireNonNull(last).inputSlopes();
  }

  @Override
  public byte[] segmentState() {
    return after;
  }

  @Override
  public void goOnFrom(byte[] segmentState) {
    before = segmentState;
  }
}
