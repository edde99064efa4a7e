package io.evenstep.driver.cli.terminal;

import io.evenstep.driver.run.RunReport;
import io.evenstep.model.decision.Decision;
import io.evenstep.model.metric.MetricSpread;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The final lines of a command. */
public final class Summary {
  private static final List<String> SPLITS = List.of("test", "validation", "train");
  private static final List<String> FIGURES =
      List.of("accuracy", "errorLeft", "r2", "loss", "bitsPerCharacter");

  private Summary() {}

  /**
   * Prints the result of a run and its files.
   *
   * @param page whether there is a report page
   */
  public static void print(RunReport report, String folder, boolean page, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %s after %,d steps in %d epochs, %d workers, %.1f s of training%n",
        report.origin().name(),
        report.status(),
        report.work().steps(),
        report.work().epochs(),
        report.work().workers(),
        report.timing().trainSeconds());
    headline(report.metrics())
        .forEach((name, value) -> line(out, name, figure(report, name, value)));
    report
        .model()
        .deciding()
        .outputs()
        .forEach((output, decision) -> line(out, "predicts " + output, words(decision)));
    line(
        out,
        "examples/s",
        String.format(Locale.ROOT, "%,.0f", report.timing().examplesPerSecond()));
    boolean folds = !report.model().folds().isEmpty();
    line(out, "model", folder + (folds ? "/fold-*/model.zip" : "/model.zip"));
    line(out, "result", folder + "/result.json");
    if (page && !folds) {
      line(out, "report", folder + "/report.html");
    }
    out.flush();
  }

  private static String figure(RunReport report, String name, double value) {
    String mean = String.format(Locale.ROOT, "%.4f", value);
    MetricSpread folds = report.model().folds().get(name);
    return folds == null
        ? mean
        : String.format(
            Locale.ROOT,
            "%s (mean of %d folds, spread %.4f)",
            mean,
            folds.values().size(),
            folds.spread());
  }

  private static String words(Decision decision) {
    return String.format(
        Locale.ROOT,
        "with threshold %.4f, temperature %.4f",
        decision.threshold(),
        decision.temperature());
  }

  /** Suggests the next commands after a run. */
  public static void printNext(RunReport report, String folder, String output, PrintWriter out) {
    boolean writes =
        report.metrics().keySet().stream().anyMatch(name -> name.endsWith(".perplexity"));
    out.println("Next:");
    out.println(
        writes
            ? "  evenstep generate " + folder + " --prompt TEXT"
            : "  evenstep predict " + folder + " --input FILE --output FOLDER");
    out.println("  evenstep evaluate " + folder);
    out.println("  evenstep runs " + output);
    out.flush();
  }

  /** Prints metrics, one per line. */
  public static void print(Map<String, Double> metrics, PrintWriter out) {
    metrics.forEach((name, value) -> line(out, name, String.format(Locale.ROOT, "%.4f", value)));
    out.flush();
  }

  /** The most important metrics, of the test rows if there are any; the report has all of them. */
  private static Map<String, Double> headline(Map<String, Double> metrics) {
    Map<String, Double> chosen = new LinkedHashMap<>();
    String split =
        SPLITS.stream()
            .filter(name -> metrics.containsKey(name + ".loss"))
            .findFirst()
            .orElse("train");
    String ofOutputs = split + "\\.([^.]+\\.)?";
    for (String figure : FIGURES) {
      metrics.forEach(
          (name, value) -> {
            if (name.matches(ofOutputs + figure)) {
              chosen.put(name, value);
            }
          });
    }
    return chosen;
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf(Locale.ROOT, "  %-16s %s%n", name, value);
  }
}
