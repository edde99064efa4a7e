package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.dl4j.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Checks that a network fits the data, before any worker starts. */
final class ShapeCheck {
  private ShapeCheck() {}

  /**
   * Compares the shapes that the network is known to take, then sends one row of zeros through it.
   *
   * @param expected one per input
   * @throws ConfigException naming both shapes, when the data's inputs or outputs do not fit
   */
  static void require(Network network, List<InputShapes> expected, DataShape data) {
    List<Shape> inputs = data.inputShapes();
    if (!InputShapes.fit(expected, inputs)) {
      throw mismatch("inputs", expected, inputs);
    }
    MiniBatch row = row(inputs, data.outputShapes());
    List<INDArray> out;
    try {
      out = network.predict(row);
    } catch (RuntimeException e) { // DL4J and ND4J throw many kinds
      throw new ConfigException(
          mismatch("inputs", expected, inputs).getMessage() + "; " + ImportFailure.words(e), e);
    }
    List<String> given = out.stream().map(ShapeCheck::rowShape).toList();
    boolean fit = given.size() == data.outputs().size();
    for (int i = 0; fit && i < given.size(); i++) {
      DataShape.Output output = data.outputs().get(i);
      fit =
          given.get(i).equals(output.shape().toString())
              || OneProbability.is(network, i, given.get(i), output);
    }
    if (!fit) {
      throw mismatch("outputs", given, data.outputShapes());
    }
  }

  /** One row of zeros. */
  static MiniBatch row(List<Shape> inputs, List<Shape> outputs) {
    return new MiniBatch(zeros(inputs), zeros(outputs), List.of(), List.of(), 1);
  }

  private static ConfigException mismatch(String what, List<?> model, List<?> data) {
    return new ConfigException(
        String.format(
            Locale.ROOT,
            "Cannot train the network on these data: the model's %s are %s, but the data's are %s",
            what,
            model,
            data));
  }

  private static List<INDArray> zeros(List<Shape> shapes) {
    return shapes.stream().map(shape -> Nd4j.zeros(DataType.FLOAT, withRow(shape))).toList();
  }

  private static long[] withRow(Shape shape) {
    long[] sizes = new long[shape.sizes().size() + 1];
    sizes[0] = 1;
    for (int i = 1; i < sizes.length; i++) {
      sizes[i] = shape.sizes().get(i - 1);
    }
    return sizes;
  }

  private static String rowShape(INDArray array) {
    return Arrays.toString(Arrays.copyOfRange(array.shape(), 1, array.rank()));
  }
}
