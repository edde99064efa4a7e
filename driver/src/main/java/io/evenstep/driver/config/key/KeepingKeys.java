package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.config.value.ValueRule;
import java.util.List;

/**
 * The keys under {@code training} about early stopping, checkpoints, timeouts, encryption and
 * device.
 */
public final class KeepingKeys {
  private KeepingKeys() {}

  public static final Key<String> STOPPING_METRIC =
      Key.of(
              "training.stopping.metric",
              ScalarType.TEXT,
              "Metric of the validation rows that decides when to stop and which weights are best.")
          .where(Metrics.name())
          .byDefault("loss");

  public static final Key<Integer> PATIENCE =
      Key.of(
              "training.stopping.patience",
              ScalarType.INTEGER,
              "Epochs without improvement after which training stops; 0 to train every epoch.")
          .where(ValueRule.atLeast(0))
          .byDefault(0);

  public static final Key<Double> MIN_DELTA =
      Key.of(
              "training.stopping.minDelta",
              ScalarType.NUMBER,
              "Smallest change of the metric that counts as an improvement.")
          .where(ValueRule.<Double>atLeast(0))
          .byDefault(0.0);

  public static final Key<Long> CHECKPOINT_STEPS =
      Key.of(
              "training.checkpoint.everySteps",
              ScalarType.LONG,
              "Steps between two checkpoints, in addition to the one at the end of each epoch; 0"
                  + " for only the latter.")
          .where(ValueRule.<Long>atLeast(0))
          .byDefault(0L)
          .ofTheCourse();

  public static final Key<Integer> CHECKPOINT_KEEP =
      Key.of(
              "training.checkpoint.keep",
              ScalarType.INTEGER,
              "Number of newest checkpoints to keep.")
          .where(ValueRule.atLeast(1))
          .byDefault(2)
          .ofTheCourse();

  public static final Key<Integer> ATTEMPTS =
      Key.of(
              "training.attempts",
              ScalarType.INTEGER,
              "Attempts at training before a run that loses workers gives up with exit code 75.")
          .where(ValueRule.atLeast(1))
          .byDefault(3)
          .ofTheCourse();

  public static final Key<Integer> TIMEOUT_SECONDS =
      Key.of(
              "training.timeoutSeconds",
              ScalarType.INTEGER,
              "Longest wait for a worker that is alive but slow, before it is declared lost.")
          .where(ValueRule.atLeast(1))
          .byDefault(600)
          .ofTheCourse();

  public static final Key<Integer> SILENCE_SECONDS =
      Key.of(
              "training.silenceSeconds",
              ScalarType.INTEGER,
              "Longest time a worker may send nothing, not even a heartbeat, before it is declared"
                  + " lost. The log names it after 3 seconds.")
          .where(ValueRule.atLeast(4))
          .byDefault(15)
          .ofTheCourse();

  public static final Key<Encryption> ENCRYPTION =
      Key.of(
              "training.encryption",
              ScalarType.choice(Encryption.class),
              "Whether traffic between workers and to the driver is encrypted; `auto` follows"
                  + " Spark's settings, and `off` is refused if Spark encrypts.")
          .byDefault(Encryption.AUTO)
          .ofTheCourse();

  public static final Key<Device> DEVICE =
      Key.of(
              "training.device",
              ScalarType.choice(Device.class),
              "Device that workers compute on; `auto` is the device of this build: CPUs, or with"
                  + " `-Pcuda` one GPU for each worker.")
          .byDefault(Device.AUTO)
          .ofTheCourse();

  static final List<Key<?>> ALL =
      List.of(
          STOPPING_METRIC,
          PATIENCE,
          MIN_DELTA,
          CHECKPOINT_STEPS,
          CHECKPOINT_KEEP,
          ATTEMPTS,
          TIMEOUT_SECONDS,
          SILENCE_SECONDS,
          ENCRYPTION,
          DEVICE);
}
