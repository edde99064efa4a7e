package io.evenstep.driver.plot.lesson;

import io.evenstep.driver.plot.Figure;
import io.evenstep.driver.plot.FigureGrid;
import io.evenstep.driver.plot.LineFigure;
import io.evenstep.driver.plot.LineFigure.Look;
import io.evenstep.model.catalog.Activations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Activations and their derivatives, as the networks compute them. */
final class ActivationFigures {
  private static final double FAR = 4;
  private static final int POINTS = 201;
  private static final int COLUMNS = 4;
  private static final double SCALE = 0.5;
  private static final double STEP = 1e-3;

  private ActivationFigures() {}

  /** One small chart for each activation of the catalogue. */
  static Figure all() {
    List<Figure> charts = new ArrayList<>();
    List<String> names = new ArrayList<>(Activations.names());
    names.add(names.indexOf("leakyRelu") + 1, "leakyRelu(0.1)");
    names.forEach(name -> charts.add(chart(name)));
    return new FigureGrid(charts, COLUMNS, SCALE);
  }

  private static Figure chart(String name) {
    List<Double> x = EvenGrid.forLine(-FAR, FAR, POINTS);
    boolean pairs = name.equals("softmax");
    String title = pairs ? "softmax of (x, 0), first share" : name;
    return new LineFigure(title, "", "")
        .add("value", x, values(name, x), Look.LINE)
        .add("derivative", x, slopes(name, x), Look.LINE)
        .figure();
  }

  /** The value at each point. */
  static List<Double> values(String name, List<Double> x) {
    return first(Activations.create(name).getActivation(rows(name, x), false));
  }

  /** The derivative at each point, by the activation's own backward pass where it has one. */
  static List<Double> slopes(String name, List<Double> x) {
    if (name.equals("randomRelu")) { // its backward pass repeats the draws of a forward pass
      List<Double> above = values(name, x.stream().map(one -> one + STEP).toList());
      List<Double> below = values(name, x.stream().map(one -> one - STEP).toList());
      List<Double> slopes = new ArrayList<>();
      for (int i = 0; i < x.size(); i++) {
        slopes.add((above.get(i) - below.get(i)) / (2 * STEP));
      }
      return slopes;
    }
    IActivation activation = Activations.create(name);
    INDArray in = rows(name, x);
    INDArray ones = Nd4j.zerosLike(in);
    ones.getColumn(0).assign(1);
    return first(activation.backprop(in, ones).getFirst());
  }

  /** [points, 1]; for softmax [points, 2], with 0 beside each point. */
  private static INDArray rows(String name, List<Double> x) {
    INDArray rows = Nd4j.zeros(DataType.DOUBLE, x.size(), name.equals("softmax") ? 2 : 1);
    for (int i = 0; i < x.size(); i++) {
      rows.putScalar(i, 0, x.get(i));
    }
    return rows;
  }

  private static List<Double> first(INDArray rows) {
    return Arrays.stream(rows.getColumn(0).toDoubleVector()).boxed().toList();
  }
}
