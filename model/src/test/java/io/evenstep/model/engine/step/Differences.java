package io.evenstep.model.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.data.MiniBatch;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Compares the gradient of a program with finite differences of its loss, which is a sum in
 * doubles.
 *
 * <p>A difference over 2 h has an error of order h^2, which the difference over 4 h removes
 * (Richardson 1911). What remains is the rounding of floats in the forward pass, about 1e-6 of the
 * loss over 2 h. If the two differ by more, the loss has a kink nearby, such as ReLU's, and no
 * slope to compare with. Only a few entries may be like that.
 */
final class Differences {
  private static final float STEP = 1f / 128; // step of a parameter: exact as a float
  private static final double TOLERANCE = 4e-3; // of the largest entry, or of 1
  private static final double BENDS = 0.2; // maximum share of the entries
  private static final long KEY = 7; // the same dropout mask each time
  private static final List<String> STATISTICS = List.of("mean", "var", "log10stdev");

  private final StepProgram program;
  private final INDArray parameters; // [n], the network's own
  private final Set<Long> statistics = new HashSet<>();
  private final INDArray scratch;

  private Differences(StepProgram program, Model network) {
    this.program = program;
    this.parameters = network.params();
    this.scratch = Nd4j.create(parameters.length());
    for (Map.Entry<String, INDArray> entry : network.paramTable().entrySet()) {
      String name = entry.getKey().substring(entry.getKey().lastIndexOf('_') + 1);
      if (STATISTICS.contains(name)) {
        long from = entry.getValue().offset() - parameters.offset();
        for (long i = from; i < from + entry.getValue().length(); i++) {
          statistics.add(i);
        }
      }
    }
  }

  /** Fails if an entry of the gradient is not the slope of the loss. */
  static void require(StepProgram program, Model network, MiniBatch batch) {
    program.shard().of(batch);
    new Differences(program, network).require();
  }

  /** A network whose parameters differ from their initial values; biases start at 0. */
  static Model network(Object configuration) {
    Model network =
        configuration instanceof org.deeplearning4j.nn.conf.MultiLayerConfiguration layers
            ? new MultiLayerNetwork(layers)
            : new ComputationGraph(
                (org.deeplearning4j.nn.conf.ComputationGraphConfiguration) configuration);
    network.init();
    INDArray moved = Cases.normal(11, network.numParams()).muli(0.1);
    network.params().addi(moved.reshape(network.params().shape()));
    return network;
  }

  private void require() {
    INDArray gradient = Nd4j.create(parameters.length());
    program.load(address(parameters));
    program.accumulate(KEY, address(gradient));
    double size = Math.max(1, gradient.amaxNumber().doubleValue());
    int bends = 0;
    for (long i = 0; i < parameters.length(); i++) {
      if (!statistics.contains(i)) {
        double near = difference(i, STEP);
        double far = difference(i, 2 * STEP);
        if (Math.abs(near - far) > TOLERANCE * size) {
          bends++;
        } else {
          assertThat(Math.abs(gradient.getDouble(i) - (4 * near - far) / 3))
              .as("entry %d of %d: %s", i, parameters.length(), gradient.getDouble(i))
              .isLessThan(TOLERANCE * size);
        }
      }
    }
    assertThat(bends).isLessThanOrEqualTo((int) (BENDS * parameters.length()));
  }

  private double difference(long i, float step) {
    float before = parameters.getFloat(i);
    double above = loss(i, before + step);
    double below = loss(i, before - step);
    parameters.putScalar(i, before);
    return (above - below) / ((before + step) - (double) (before - step));
  }

  private double loss(long i, float value) {
    parameters.putScalar(i, value);
    program.load(address(parameters));
    return program.accumulate(KEY, address(scratch));
  }

  private static long address(INDArray array) {
    return array.data().address();
  }
}
