package io.evenstep.driver;

import io.evenstep.worker.ProgressEvent;
import java.util.Locale;
import java.util.TreeMap;

/** The line a user sees at the end of an epoch. */
final class EpochLine {
  private EpochLine() {}

  /** {@code Epoch 3: loss 0.0412, validation accuracy 0.9712, loss 0.0933 (best so far)}. */
  static String of(ProgressEvent.EpochDone epoch) {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "Epoch %d: loss %.4f", epoch.epoch() + 1, epoch.loss()));
    String before = ", validation ";
    for (String name : new TreeMap<>(epoch.validation()).keySet()) {
      line.append(before);
      line.append(String.format(Locale.ROOT, "%s %.4f", name, epoch.validation().get(name)));
      before = ", ";
    }
    return epoch.best() ? line + " (best so far)" : line.toString();
  }
}
