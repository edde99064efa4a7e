package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.ListType;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.config.value.ValueRule;
import io.evenstep.model.engine.Attack;
import java.util.List;

/** The keys under {@code training.adversarial}: rows that are changed to make the loss grow. */
public final class AdversarialKeys {
  private AdversarialKeys() {}

  public static final Key<Double> EPSILON =
      Key.of(
              Attack.KEY,
              ScalarType.NUMBER,
              "By how much each number of a training row moves in the direction in which the loss"
                  + " grows, in the units that the network sees: after `data.normalize`; 0 for"
                  + " training on the rows as they are; see [adversarial"
                  + " training](studying.md#attack).")
          .where(ValueRule.atLeast(0.0))
          .byDefault(0.0);

  public static final Key<Double> SHARE =
      Key.of(
              "training.adversarial.share",
              ScalarType.NUMBER,
              "Share of the loss that is that of the moved rows; the rest is that of the same rows"
                  + " as they are.")
          .where(ValueRule.<Double>above(0))
          .where(ValueRule.<Double>between(0, 1))
          .byDefault(0.5);

  public static final Key<List<Double>> RANGE =
      Key.of(
              "training.adversarial.range",
              new ListType<>(ScalarType.NUMBER, "a list of numbers"),
              "[least, greatest] number that a moved row may have, in the units that the network"
                  + " sees.")
          .where(
              new ValueRule<>(
                  "must be two numbers, the smaller one first",
                  pair -> pair.size() == 2 && pair.get(0) < pair.get(1)))
          .otherwise("[0, 1] for `data.normalize` scale and min-max, else no limits");

  static final List<Key<?>> ALL = List.of(EPSILON, SHARE, RANGE);

  /** The attack that the settings describe. */
  public static Attack of(Settings settings) {
    List<Double> range = settings.find(RANGE).orElseGet(() -> usualRange(settings));
    return new Attack(settings.of(EPSILON), settings.of(SHARE), range.get(0), range.get(1));
  }

  private static List<Double> usualRange(Settings settings) {
    return switch (settings.of(DataKeys.NORMALIZE)) {
      case SCALE, MIN_MAX -> List.of(0.0, 1.0);
      default -> List.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    };
  }
}
