package io.evenstep.model.engine.step;

import io.evenstep.model.DivergedException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import io.evenstep.model.engine.Region;
import io.evenstep.model.engine.Scorer;
import io.evenstep.model.network.dl4j.FlatArrays;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A learner's network in inference mode. */
final class StepScorer implements Scorer {
  private final StepPrograms programs;
  private final StepPrograms slopes;
  private final Region gradient; // for the slopes of the parameters, which nobody reads

  StepScorer(StepLearner learner) {
    this.programs = new StepPrograms(learner, learner.programs().forInference());
    this.slopes = new StepPrograms(learner, learner.programs().forInputSlopes());
    this.gradient = learner.gradient();
  }

  @Override
  public Predictions predict(MiniBatch batch) {
    ShardShape shape = ShardShape.of(batch).withoutLabels();
    StepProgram program = programs.of(shape);
    program.shard().of(batch);
    program.predict();
    return new Predictions(
        IntStream.range(0, program.outputs()).mapToObj(i -> copy(program, i)).toList());
  }

  @Override
  public double loss(MiniBatch batch) {
    StepProgram program = programs.of(ShardShape.of(batch).withoutWeights());
    program.shard().of(batch);
    return program.predict();
  }

  @Override
  public List<FloatBuffer> inputSlopes(MiniBatch batch) {
    StepProgram program = slopes.of(ShardShape.of(batch).withoutWeights());
    program.shard().of(batch);
    double loss = program.accumulate(0, gradient.address()); // nothing is drawn at random
    if (!Double.isFinite(loss)) {
      throw new DivergedException("Cannot attack: the loss must be a finite number, got " + loss);
    }
    return program.inputSlopes();
  }

  private static INDArray copy(StepProgram program, int output) {
    long[] shape = program.outputShape(output).stream().mapToLong(it -> it).toArray();
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    FlatArrays.bytes(array.reshape(array.length()))
        .asFloatBuffer()
        .put(program.output(output).floats());
    return array;
  }
}
