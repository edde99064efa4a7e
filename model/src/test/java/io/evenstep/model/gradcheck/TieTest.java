package io.evenstep.model.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.DataShape;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.SampleNetworks;
import io.evenstep.model.network.Shape;
import io.evenstep.model.network.Task;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.dl4j.Tie;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The gradient of a matrix that a network uses in two places. */
class TieTest {
  private static final int TOKENS = 5;
  private static final int STEPS = 4;
  private static final double WIDTH = 1e-5;

  @Test
  void aTiedGradientEqualsTheDifferencesOfTheLossInDoublePrecision() {
    Map<String, Object> parameters =
        Map.of(
            "vocabulary", TOKENS, "units", 4, "heads", 2, "blocks", 1, "dropout", 0.0, "tie", true);
    Network plain =
        Networks.build(
            SampleNetworks.spec(new NetworkSpec.Named("transformer-lm", parameters)),
            DataShape.of(Shape.of(STEPS), Shape.of(TOKENS, STEPS), Task.CLASSIFICATION));
    MiniBatch rows = rows();
    DataType usual = Nd4j.dataType();
    DataType usualFloat = Nd4j.defaultFloatingPointType();
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE); // DL4J makes arrays of this type
    try {
      requireEqual(DoubleNetwork.of(plain), DoubleNetwork.of(rows));
    } finally {
      Nd4j.setDefaultDataTypes(usual, usualFloat);
    }
  }

  private static void requireEqual(Network network, MiniBatch rows) {
    Tie tie = Tie.of(network.updater()).orElseThrow();
    network.computeGradient(rows, 1);
    INDArray alone = network.gradient().dup();
    INDArray tied = network.gradient().dup();
    tie.add(tied);
    assertThat(tie.units()).isEqualTo(4);
    assertThat(tie.vocabulary()).isEqualTo(TOKENS);
    for (long token = 0; token < TOKENS; token++) {
      for (long unit = 0; unit < 4; unit++) {
        long here = tie.embedding() + token + unit * TOKENS;
        long there = tie.output() + unit + token * 4;
        double numeric =
            (lossAt(network, rows, List.of(here, there), WIDTH)
                    - lossAt(network, rows, List.of(here, there), -WIDTH))
                / (2 * WIDTH);
        assertThat(tied.getDouble(here)).isCloseTo(numeric, within(1e-7));
        assertThat(tied.getDouble(there)).isEqualTo(tied.getDouble(here));
        assertThat(tied.getDouble(here)).isEqualTo(alone.getDouble(here) + alone.getDouble(there));
      }
    }
  }

  private static double lossAt(Network network, MiniBatch rows, List<Long> places, double by) {
    INDArray parameters = network.parameters();
    places.forEach(i -> parameters.putScalar(i, parameters.getDouble(i) + by));
    double loss = network.computeGradient(rows, 1);
    places.forEach(i -> parameters.putScalar(i, parameters.getDouble(i) - by));
    return loss;
  }

  private static MiniBatch rows() {
    INDArray tokens = Nd4j.createFromArray(new float[][] {{0, 1, 2, 3}, {4, 3, 1, 0}});
    INDArray next = Nd4j.zeros(2, TOKENS, STEPS);
    for (int row = 0; row < 2; row++) {
      for (int step = 0; step < STEPS; step++) {
        next.putScalar(row, (tokens.getInt(row, step) + 1) % TOKENS, step, 1);
      }
    }
    return MiniBatch.of(tokens, next);
  }
}
