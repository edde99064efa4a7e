package io.evenstep.driver.run;

import io.evenstep.worker.progress.ProgressEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The line printed at the end of an epoch. */
final class EpochLine {
  private static final List<Pattern> SHOWN =
      Stream.of("accuracy", "r2", "loss")
          .map(figure -> Pattern.compile("validation\\.([^.]+\\.)?" + figure)) // an output's name
          .toList();

  private final Map<String, Integer> widths = new HashMap<>(); // of the widest value so far

  /**
   * {@code Epoch 3: loss 0.0412, validation accuracy 0.9712, validation loss 0.0933, best so far}.
   * Numbers are padded, so that the lines of a run form columns.
   *
   * @param epochs how many there are at most
   */
  String of(ProgressEvent.EpochDone epoch, int epochs) {
    String number = Integer.toString(epoch.epoch() + 1);
    StringBuilder line = new StringBuilder("Epoch ");
    line.append(" ".repeat(Math.max(0, Integer.toString(epochs).length() - number.length())));
    line.append(number).append(": loss ").append(padded("loss", epoch.loss()));
    for (String name : shown(epoch)) {
      double value = epoch.validation().getOrDefault(name, Double.NaN);
      line.append(", ").append(name.replace('.', ' ')).append(' ').append(padded(name, value));
    }
    return epoch.best() ? line + ", best so far" : line.toString();
  }

  private static List<String> shown(ProgressEvent.EpochDone epoch) {
    return SHOWN.stream()
        .flatMap(
            figure ->
                new TreeSet<>(epoch.validation().keySet())
                    .stream().filter(name -> figure.matcher(name).matches()))
        .toList();
  }

  /** As wide as the widest value of this name so far. */
  private String padded(String name, double value) {
    String text = String.format(Locale.ROOT, "%.4f", value);
    int width = widths.merge(name, text.length(), Math::max);
    return " ".repeat(width - text.length()) + text;
  }

  /** The most telling validation metric, such as {@code validation accuracy 0.9712}, if any. */
  static Optional<String> metric(ProgressEvent.EpochDone epoch) {
    return shown(epoch).stream()
        .findFirst()
        .map(
            name ->
                String.format(
                    Locale.ROOT, "%s %.4f", name.replace('.', ' '), epoch.validation().get(name)));
  }
}
