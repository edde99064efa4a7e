package io.evenstep.driver;

import io.evenstep.worker.ProgressEvent;
import java.util.List;
import java.util.Locale;

/** The line a user sees at the end of an epoch. */
final class EpochLine {
  private static final List<String> SHOWN = List.of("accuracy", "r2", "loss");

  private EpochLine() {}

  /** {@code Epoch 3: loss 0.0412, validation accuracy 0.9712, loss 0.0933 (best so far)}. */
  static String of(ProgressEvent.EpochDone epoch) {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "Epoch %d: loss %.4f", epoch.epoch() + 1, epoch.loss()));
    String before = ", validation ";
    for (String name : SHOWN) {
      Double value = epoch.validation().get("validation." + name);
      if (value != null) {
        line.append(before).append(String.format(Locale.ROOT, "%s %.4f", name, value));
        before = ", ";
      }
    }
    return epoch.best() ? line + " (best so far)" : line.toString();
  }
}
