package io.evenstep.driver.study;

import io.evenstep.model.gradcheck.CheckedLayer;
import java.util.List;
import java.util.Locale;

/** The result of a gradient check as text. */
public final class GradcheckTable {
  private GradcheckTable() {}

  /** Whether a layer's gradient passes; a NaN does not. */
  public static boolean passes(CheckedLayer layer, double tolerance) {
    return layer.largestError() <= tolerance;
  }

  /** One line for each layer, and the verdict. */
  public static String of(List<CheckedLayer> layers, double tolerance) {
    int name = layers.stream().mapToInt(layer -> layer.name().length()).max().orElse(0);
    int type = layers.stream().mapToInt(layer -> layer.type().length()).max().orElse(0);
    String line =
        "%-" + Math.max(5, name) + "s  %-" + Math.max(4, type) + "s  %12s  %8s  %12s  %12s  %s%n";
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            line,
            "layer",
            "type",
            "parameters",
            "compared",
            "largest",
            "worst error",
            ""));
    for (CheckedLayer layer : layers) {
      text.append(
          String.format(
              Locale.ROOT,
              line,
              layer.name(),
              layer.type(),
              String.format(Locale.ROOT, "%,d", layer.parameters()),
              layer.checked(),
              String.format(Locale.ROOT, "%.2e", layer.largestGradient()),
              String.format(Locale.ROOT, "%.2e", layer.largestError()),
              passes(layer, tolerance) ? "ok" : "WRONG"));
    }
    long wrong = layers.stream().filter(layer -> !passes(layer, tolerance)).count();
    String verdict =
        wrong == 0
            ? "All %1$d layers agree with their numeric gradients within %3$.0e%n"
            : "%2$d of %1$d layers differ from their numeric gradients by more than %3$.0e%n";
    text.append(String.format(Locale.ROOT, verdict, layers.size(), wrong, tolerance));
    return text.toString();
  }
}
