package io.evenstep.model.engine.step;

import static io.evenstep.model.engine.step.Cases.output;
import static io.evenstep.model.engine.step.Cases.rows;
import static io.evenstep.model.engine.step.Cases.stack;

import io.evenstep.model.layer.GaussianSample;
import io.evenstep.model.layer.Gru;
import io.evenstep.model.layer.Jordan;
import io.evenstep.model.layer.LayerNorm;
import io.evenstep.model.layer.LocalResponseNorm;
import io.evenstep.model.layer.Positions;
import io.evenstep.model.layer.Rbf;
import io.evenstep.model.layer.SelfAttention;
import io.evenstep.model.layer.Sparsity;
import io.evenstep.model.layer.StepDense;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** Checks of the operations of layers that DL4J lacks, and of masks. */
final class OwnLayerChecks {
  private static final int ROWS = 5;

  private OwnLayerChecks() {}

  static Stream<EveryOperationTest.Check> all() {
    return Stream.of(
        image("LocalResponse", new LocalResponseNorm(3, 0.1, 0.75, 1)),
        sequence("GruOp", new Gru(4)),
        sequence("JordanOp", new Jordan(5, 3)),
        vector("RbfOp", new Rbf(4, 1.5)),
        vector("GaussianSampleOp", new GaussianSample()),
        vector("SparsityOp", new Sparsity(0.1)),
        sequence("Attention", SelfAttention.ofAllSteps(2)),
        sequence("Attention", SelfAttention.ofEarlierSteps(4)),
        EveryOperationTest.unequal(
            "HiddenSteps",
            new StepDense(4, new ActivationTanH()),
            SelfAttention.ofEarlierSteps(2),
            new GlobalPoolingLayer(PoolingType.AVG)),
        EveryOperationTest.unequal(
            "WindowMaskOp",
            new Convolution1DLayer.Builder(2).nOut(4).build(),
            new Gru(4),
            new GlobalPoolingLayer(PoolingType.AVG)),
        sequence("LayerNormKernels", new LayerNorm()),
        sequence("PositionsOp", new Positions()));
  }

  private static EveryOperationTest.Check sequence(String operation, Layer layer) {
    Layer before = new StepDense(4, new ActivationTanH());
    Layer pool = new GlobalPoolingLayer(PoolingType.AVG);
    return new EveryOperationTest.Check(
        operation,
        stack(InputType.recurrent(3, 4), before, layer, pool, output()),
        rows(1, ROWS, 3, 4));
  }

  private static EveryOperationTest.Check vector(String operation, Layer layer) {
    return new EveryOperationTest.Check(
        operation,
        stack(InputType.feedForward(6), Cases.dense(6), layer, output()),
        rows(1, ROWS, 6));
  }

  private static EveryOperationTest.Check image(String operation, Layer layer) {
    return new EveryOperationTest.Check(
        operation,
        stack(InputType.convolutional(6, 7, 2), Cases.convolution(6, 2), layer, output()),
        rows(1, ROWS, 2, 6, 7));
  }
}
