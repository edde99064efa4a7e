package io.evenstep.driver.config.value;

import io.evenstep.model.decision.Threshold;
import io.evenstep.model.decision.ThresholdAim;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A probability, or the name of a measure for which the best one is sought. */
public record ThresholdType() implements ValueType<Threshold> {
  public static final ThresholdType THRESHOLD = new ThresholdType();

  @Override
  public String words() {
    List<String> names = Arrays.stream(ThresholdAim.values()).map(ThresholdAim::word).toList();
    return "a number from 0 to 1, or one of " + String.join(", ", names);
  }

  @Override
  public Optional<Threshold> read(String key, Node node, Problems problems) {
    Optional<Threshold> found =
        node instanceof Node.Scalar scalar && !scalar.isNothing()
            ? of(scalar.text())
            : Optional.empty();
    if (found.isEmpty()) {
      problems.add(key, "must be " + words(), node.text());
    }
    return found;
  }

  private static Optional<Threshold> of(String text) {
    Optional<Threshold> aim =
        Arrays.stream(ThresholdAim.values())
            .filter(each -> each.word().equals(text))
            .findFirst()
            .map(Threshold.Best::new);
    return aim.or(
        () ->
            ScalarType.NUMBER
                .decode()
                .apply(text)
                .filter(number -> number >= 0 && number <= 1)
                .map(Threshold.Fixed::new));
  }

  /** The value in the form of a job file. */
  public static Object plain(Threshold threshold) {
    return threshold instanceof Threshold.Best best
        ? best.aim().word()
        : ((Threshold.Fixed) threshold).value();
  }
}
