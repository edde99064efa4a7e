package io.evenstep.driver.report;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The history of a training as CSV: one line per epoch. */
final class HistoryTable {
  private HistoryTable() {}

  /**
   * The number of the epoch, from 1, {@code train.loss}, and the validation metrics in alphabetical
   * order; then {@code seconds}, {@code learningRate} and {@code gradientNorm}. What is not known
   * is empty.
   *
   * @param losses mean training loss of each epoch
   * @param validations metrics of each epoch, by name
   * @param steps what the steps of the epochs say
   */
  static String csv(List<Double> losses, List<Map<String, Double>> validations, EpochSteps steps) {
    TreeSet<String> metrics = new TreeSet<>();
    validations.forEach(known -> metrics.addAll(known.keySet()));
    StringBuilder lines = new StringBuilder("epoch,train.loss");
    metrics.forEach(name -> lines.append(',').append(name));
    EpochSteps.COLUMNS.forEach(name -> lines.append(',').append(name));
    lines.append('\n');
    for (int epoch = 0; epoch < losses.size(); epoch++) {
      Map<String, Double> known = validations.get(epoch);
      lines.append(epoch + 1).append(',').append(losses.get(epoch));
      metrics.forEach(
          name -> lines.append(',').append(known.containsKey(name) ? known.get(name) : ""));
      steps.of(epoch + 1).forEach(value -> lines.append(',').append(StepsTable.text(value)));
      lines.append('\n');
    }
    return lines.toString();
  }
}
