package io.evenstep.model.engine.step;

import io.evenstep.model.DivergedException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Pass;
import io.evenstep.model.engine.Region;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One thread's programs for the gradients of a learner. */
final class StepPass implements Pass {
  private final StepPrograms programs;
  private @Nullable StepProgram last;

  StepPass(StepLearner learner) {
    this.programs = new StepPrograms(learner, learner.programs().forTraining());
  }

  @Override
  public double accumulate(MiniBatch shard, long randomKey, Region target) {
    StepProgram program = programs.of(ShardShape.of(shard));
    program.shard().of(shard);
    last = program;
    double loss = program.accumulate(randomKey, target.address());
    target.written();
    if (!Double.isFinite(loss)) {
      throw new DivergedException("Cannot continue: the loss must be a finite number, got " + loss);
    }
    return loss;
  }

  @Override
  public List<FloatBuffer> inputSlopes() {
    return Objects.requireNonNull(last).inputSlopes();
  }

  /** Sequences are whole: {@link StepEngine} leaves truncated backpropagation to DL4J's engine. */
  @Override
  public byte[] segmentState() {
    return new byte[0];
  }

  @Override
  public void goOnFrom(byte[] segmentState) {
    if (segmentState.length > 0) {
      throw new IllegalStateException("Sequences must be whole, got the state of a segment");
    }
  }
}
