package io.evenstep.driver.plot.lesson;

import io.evenstep.driver.plot.Figure;
import io.evenstep.driver.plot.FigureGrid;
import io.evenstep.driver.plot.LineFigure;
import io.evenstep.driver.plot.LineFigure.Look;
import io.evenstep.model.catalog.layer.LayerDefaults;
import io.evenstep.model.network.DataShape;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.OptimizerSpec;
import io.evenstep.model.network.ScheduleSpec;
import io.evenstep.model.network.Shape;
import io.evenstep.model.network.Task;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.Network;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How far the activations of ten layers spread in a network that has not been trained, by the
 * initialisation of its weights.
 */
final class SpreadFigures {
  private static final int LAYERS = 10;
  private static final int UNITS = 100;
  private static final int ROWS = 400;
  private static final long SEED = 7;
  private static final double LEAST = 1e-12; // a logarithmic axis has no 0
  private static final List<String> INITS = List.of("normal(0.01)", "normal(0.3)", "xavier", "he");

  private SpreadFigures() {}

  /** One chart for tanh and one for ReLU. */
  static Figure all() {
    return new FigureGrid(List.of(chart("tanh"), chart("relu")), 2, 0.9);
  }

  private static Figure chart(String activation) {
    LineFigure figure =
        new LineFigure("Spread of the activations, " + activation, "layer", "standard deviation")
            .logY();
    for (String init : INITS) {
      figure.add(init, EvenGrid.of(1, LAYERS, LAYERS), spreads(init, activation), Look.POINTS);
    }
    return figure.figure();
  }

  /** The standard deviation of the activations of each hidden layer. */
  static List<Double> spreads(String init, String activation) {
    NetworkSpec spec =
        new NetworkSpec(
            new NetworkSpec.Named("mlp", Map.of("hidden", Collections.nCopies(LAYERS, UNITS))),
            Optional.empty(),
            Optional.empty(),
            init,
            new LayerDefaults(activation, 0),
            NetworkSpec.Penalties.NONE,
            new NetworkSpec.Updates(
                Optional.of(new OptimizerSpec("sgd", 0.1, Map.of())),
                new ScheduleSpec("constant", 0, 1, Map.of()),
                Clipping.NONE),
            SEED);
    DataShape data =
        new DataShape(
            List.of(new DataShape.Input("x", Shape.of(UNITS))),
            List.of(new DataShape.Output("y", Shape.of(1), Task.REGRESSION)));
    Network network = Networks.build(spec, data);
    Nd4j.getRandom().setSeed(SEED);
    List<INDArray> all =
        ((MultiLayerNetwork) network.model()).feedForward(Nd4j.randn(ROWS, UNITS), false);
    List<Double> spreads = new ArrayList<>();
    for (INDArray layer : all.subList(1, LAYERS + 1)) {
      spreads.add(Math.max(LEAST, layer.castTo(DataType.DOUBLE).stdNumber().doubleValue()));
    }
    return spreads;
  }
}
