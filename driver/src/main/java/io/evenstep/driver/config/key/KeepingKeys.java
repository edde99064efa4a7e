package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.config.value.ValueRule;
import java.util.List;

/**
 * The keys under {@code training} about when it stops, what is kept, how long it may wait, and who
 * may listen.
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
              "How much better a metric has to be to count as better.")
          .where(ValueRule.<Double>atLeast(0))
          .byDefault(0.0);

  public static final Key<Long> CHECKPOINT_STEPS =
      Key.of(
              "training.checkpoint.everySteps",
              ScalarType.LONG,
              "Steps between two checkpoints, besides the one at each epoch's end; 0 for those alone.")
          .where(ValueRule.<Long>atLeast(0))
          .byDefault(0L)
          .ofTheCourse();

  public static final Key<Integer> CHECKPOINT_KEEP =
      Key.of("training.checkpoint.keep", ScalarType.INTEGER, "Newest checkpoints that are kept.")
          .where(ValueRule.atLeast(1))
          .byDefault(2)
          .ofTheCourse();

  public static final Key<Integer> ATTEMPTS =
      Key.of(
              "training.attempts",
              ScalarType.INTEGER,
              "Tries of the training stage before a run with lost workers gives up with exit code 75.")
          .where(ValueRule.atLeast(1))
          .byDefault(3)
          .ofTheCourse();

  public static final Key<Integer> TIMEOUT_SECONDS =
      Key.of(
              "training.timeoutSeconds",
              ScalarType.INTEGER,
              "Longest a worker waits for another that is alive but slow before it holds it for lost.")
          .where(ValueRule.atLeast(1))
          .byDefault(600)
          .ofTheCourse();

  public static final Key<Integer> SILENCE_SECONDS =
      Key.of(
              "training.silenceSeconds",
              ScalarType.INTEGER,
              "Longest a worker may send nothing, not even that it is alive, before it is held for"
                  + " lost. It is named in the log after 3 seconds.")
          .where(ValueRule.atLeast(4))
          .byDefault(15)
          .ofTheCourse();

  public static final Key<Encryption> ENCRYPTION =
      Key.of(
              "training.encryption",
              ScalarType.choice(Encryption.class),
              "Whether what workers send to each other and to the driver is encrypted; `auto` does as Spark does, and `off` is refused where Spark encrypts.")
          .byDefault(Encryption.AUTO)
          .ofTheCourse();

  public static final Key<Device> DEVICE =
      Key.of(
              "training.device",
              ScalarType.choice(Device.class),
              "What workers compute on; `auto` is what this build is for: processors, or with `-Pcuda` a GPU for each worker.")
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
