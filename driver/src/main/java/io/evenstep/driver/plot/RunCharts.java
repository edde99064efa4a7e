package io.evenstep.driver.plot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** The charts of a run, drawn from the data of its report page. */
public final class RunCharts {
  private static final int MOST_CURVES = 10;
  private static final int MOST_POINTS = 40; // of a line that shows each of them

  private final JsonNode page;

  /** Draws the data of {@code page}. */
  public RunCharts(JsonNode page) {
    this.page = page;
  }

  /** The charts that the run has data for, by file name. */
  public Map<String, Figure> all() {
    Map<String, Figure> all = new LinkedHashMap<>();
    JsonNode steps = page.path("steps");
    add(
        all,
        "loss-by-step",
        new LineFigure("Training loss by step", "step", "loss"),
        step(steps, "loss"));
    add(all, "loss-by-epoch", new LineFigure("Loss by epoch", "epoch", "loss"), epochLosses());
    add(
        all,
        "metrics-by-epoch",
        new LineFigure("Validation by epoch", "epoch", ""),
        epochMetrics());
    add(
        all,
        "learning-rate",
        new LineFigure("Learning rate", "step", ""),
        step(steps, "learningRate"));
    add(
        all,
        "gradient-norm",
        new LineFigure("Gradient norm", "step", ""),
        step(steps, "gradientNorm"));
    addRatios(all);
    addTest(all, "", page.path("test"));
    for (JsonNode output : page.path("test").path("others")) {
      addTest(all, "-" + output.path("output").asText(), output);
    }
    return all;
  }

  /** The results of one output. */
  private static void addTest(Map<String, Figure> all, String suffix, JsonNode test) {
    if (!test.path("confusion").isEmpty()
        && test.path("confusion").size() <= ConfusionFigure.MOST_CLASSES) {
      all.put("confusion" + suffix, ConfusionFigure.of(texts(test.path("classes")), counts(test)));
    }
    LineFigure roc =
        new LineFigure(
            "Receiver operating characteristic", "false positive rate", "true positive rate");
    add(all, "roc" + suffix, roc.rangeX(0, 1).rangeY(0, 1), curves(test));
  }

  /** How far each layer moved in a step; a thousandth to a hundredth is a rule of thumb. */
  private void addRatios(Map<String, Figure> all) {
    LineFigure figure =
        new LineFigure("Update to weight, by layer", "step", "ratio of the norms").logY();
    List<Double> steps = new ArrayList<>();
    for (JsonNode layer : page.path("layers").path("ratios")) {
      Line line = new Line(layer.path("name").asText(), new ArrayList<>(), new ArrayList<>());
      JsonNode known = page.path("layers").path("step");
      for (int i = 0; i < Math.min(known.size(), layer.path("ratio").size()); i++) {
        if (layer.path("ratio").get(i).asDouble() > 0) { // a logarithmic axis has no 0
          add(line, known.get(i), layer.path("ratio").get(i));
        }
      }
      figure.add(line.name, line.x, line.y, LineFigure.Look.LINE);
      steps.addAll(line.x);
    }
    if (!steps.isEmpty()) {
      List<Double> ends = List.of(Collections.min(steps), Collections.max(steps));
      figure.add("0.01", ends, List.of(0.01, 0.01), LineFigure.Look.DASHED);
      figure.add("0.001", ends, List.of(0.001, 0.001), LineFigure.Look.DASHED);
      all.put("update-ratio", figure.figure());
    }
  }

  /** One line of a chart. */
  private record Line(String name, List<Double> x, List<Double> y) {}

  private static void add(
      Map<String, Figure> all, String name, LineFigure figure, List<Line> lines) {
    List<Line> drawn = lines.stream().filter(line -> !line.x.isEmpty()).toList();
    for (Line line : drawn) {
      boolean few = line.x.size() <= MOST_POINTS;
      figure.add(line.name, line.x, line.y, few ? LineFigure.Look.POINTS : LineFigure.Look.LINE);
    }
    if (!drawn.isEmpty()) {
      all.put(name, figure.figure());
    }
  }

  private static List<Line> step(JsonNode steps, String name) {
    return List.of(line(name, steps.path("step"), steps.path(name)));
  }

  /** The points that have both numbers. */
  private static Line line(String name, JsonNode x, JsonNode y) {
    Line line = new Line(name, new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
      add(line, x.get(i), y.get(i));
    }
    return line;
  }

  private static void add(Line line, JsonNode x, JsonNode y) {
    if (x.isNumber() && y.isNumber()) {
      line.x.add(x.asDouble());
      line.y.add(y.asDouble());
    }
  }

  private List<Line> epochLosses() {
    Line train = new Line("train", new ArrayList<>(), new ArrayList<>());
    page.path("epochs").forEach(epoch -> add(train, epoch.path("epoch"), epoch.path("loss")));
    return List.of(train, ofValidation("validation.loss", "validation"));
  }

  private List<Line> epochMetrics() {
    TreeSet<String> names = new TreeSet<>();
    page.path("epochs")
        .forEach(epoch -> epoch.path("validation").fieldNames().forEachRemaining(names::add));
    return names.stream()
        .filter(name -> name.matches(".*\\.(accuracy|precision|recall|f1|auc|r2)"))
        .map(name -> ofValidation(name, name.replaceFirst("validation\\.", "")))
        .toList();
  }

  private Line ofValidation(String metric, String name) {
    Line line = new Line(name, new ArrayList<>(), new ArrayList<>());
    for (JsonNode epoch : page.path("epochs")) {
      add(line, epoch.path("epoch"), epoch.path("validation").path(metric));
    }
    return line;
  }

  private static List<Line> curves(JsonNode test) {
    JsonNode known = test.path("curves");
    List<Line> lines = new ArrayList<>();
    for (int i = known.size() == 2 ? 1 : 0; i < Math.min(MOST_CURVES, known.size()); i++) {
      JsonNode curve = known.get(i);
      double positives = curve.path("positives").asDouble();
      double negatives = curve.path("negatives").asDouble();
      if (positives > 0 && negatives > 0) {
        Line line =
            new Line(
                test.path("classes").path(i).asText("class " + i),
                new ArrayList<>(),
                new ArrayList<>());
        line.x.add(0.0);
        line.y.add(0.0);
        for (int point = 0; point < curve.path("truePositives").size(); point++) {
          line.x.add(curve.path("falsePositives").get(point).asDouble() / negatives);
          line.y.add(curve.path("truePositives").get(point).asDouble() / positives);
        }
        line.x.add(1.0);
        line.y.add(1.0);
        lines.add(line);
      }
    }
    return lines;
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static List<List<Long>> counts(JsonNode test) {
    List<List<Long>> rows = new ArrayList<>();
    for (JsonNode row : test.path("confusion")) {
      rows.add(StreamSupport.stream(row.spliterator(), false).map(JsonNode::asLong).toList());
    }
    return rows;
  }
}
