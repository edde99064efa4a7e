package io.evenstep.driver.run;

import io.evenstep.worker.progress.ProgressEvent;
import java.util.List;
import java.util.Locale;

/** The line printed at the end of an epoch. */
final class EpochLine {
  private static final List<String> SHOWN =
      List.of("validation.accuracy", "validation.r2", "validation.loss");

  private EpochLine() {}

  /**
   * {@code Epoch 3: loss 0.0412, validation accuracy 0.9712, validation loss 0.0933, best so far}.
   */
  static String of(ProgressEvent.EpochDone epoch) {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "Epoch %d: loss %.4f", epoch.epoch() + 1, epoch.loss()));
    for (String name : SHOWN) {
      Double value = epoch.validation().get(name);
      if (value != null) {
        line.append(String.format(Locale.ROOT, ", %s %.4f", name.replace('.', ' '), value));
      }
    }
    return epoch.best() ? line + ", best so far" : line.toString();
  }
}
