package io.evenstep.driver.plot.lesson;

import io.evenstep.driver.plot.Figure;
import io.evenstep.model.NativeRuntime;
import io.evenstep.model.catalog.Optimizers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.nd4j.linalg.learning.config.IUpdater;

/** The pictures of the course that need no run, drawn by the code that networks use. */
public final class LessonFigures {
  private static final int STEPS = 120;

  static {
    NativeRuntime.prepare();
  }

  private LessonFigures() {}

  /** The pictures by file name; each is drawn when it is asked for. */
  public static Map<String, Supplier<Figure>> all() {
    Map<String, Supplier<Figure>> all = new LinkedHashMap<>();
    all.put("activations", ActivationFigures::all);
    all.put("losses", LossFigures::all);
    all.put("descent-paths", LessonFigures::paths);
    all.put("initial-spread", SpreadFigures::all);
    return all;
  }

  private static Figure paths() {
    return SurfacePaths.of(
        List.of("gradient descent, 0.1", "momentum 0.9, 0.02", "Adam, 0.05"),
        List.of(optimizer("sgd", 0.1), optimizer("momentum", 0.02), optimizer("adam", 0.05)),
        STEPS);
  }

  private static IUpdater optimizer(String name, double rate) {
    return Optimizers.create(name, rate, Optional.empty(), Map.of());
  }
}
