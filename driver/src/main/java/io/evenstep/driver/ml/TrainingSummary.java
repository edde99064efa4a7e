package io.evenstep.driver.ml;

import io.evenstep.driver.run.RunFolder;
import io.evenstep.driver.run.RunReport;
import io.evenstep.model.DataException;
import io.evenstep.model.engine.EngineChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The summary of a model's training. */
public final class TrainingSummary {
  private static final String REPORT = "result.json";
  private static final String HISTORY = "history.csv";

  private final RunReport report;
  private final String history; // CSV, as in a run's folder

  private TrainingSummary(RunReport report, String history) {
    this.report = report;
    this.history = history;
  }

  /**
   * One pass over the training rows.
   *
   * @param number from 1
   * @param loss mean over the training rows
   * @param validation metrics of the validation rows, such as {@code validation.loss}
   */
  public record Epoch(int number, double loss, Map<String, Double> validation) {
    /** Copies the map. */
    public Epoch {
      validation = Map.copyOf(validation);
    }
  }

  static TrainingSummary read(RunFolder folder) {
    return new TrainingSummary(RunReport.fromJson(text(folder, REPORT)), text(folder, HISTORY));
  }

  private static String text(RunFolder folder, String name) {
    return folder
        .read(name)
        .orElseThrow(() -> new DataException("Missing " + name + " in " + folder));
  }

  void write(RunFolder folder) {
    folder.write(REPORT, report.toJson());
    folder.write(HISTORY, history);
  }

  /** The run's report: workers, attempts, rates, where time went. */
  public RunReport report() {
    return report;
  }

  /**
   * DL4J's engine for a network that it trained; otherwise any engine that supports the network.
   */
  EngineChoice scoringEngine() {
    return report.model().engine().equals("dl4j") ? EngineChoice.DL4J : EngineChoice.AUTO;
  }

  /** Steps over all epochs. */
  public long steps() {
    return report.work().steps();
  }

  /** Wall time of the training, without packing. */
  public double seconds() {
    return report.timing().trainSeconds();
  }

  /** Metrics at the end, such as {@code train.loss} and {@code validation.accuracy}. */
  public Map<String, Double> metrics() {
    return report.metrics();
  }

  /** Each epoch, in order. */
  public List<Epoch> epochs() {
    List<String> lines = history.lines().toList();
    String[] names = lines.get(0).split(",", -1);
    List<Epoch> epochs = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] values = line.split(",", -1);
      Map<String, Double> validation = new LinkedHashMap<>();
      for (int i = 2; i < names.length; i++) {
        if (names[i].startsWith("validation.") && !values[i].isEmpty()) {
          validation.put(names[i], Double.valueOf(values[i]));
        }
      }
      epochs.add(new Epoch(Integer.parseInt(values[0]), Double.parseDouble(values[1]), validation));
    }
    return epochs;
  }
}
