package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.ValueRule;
import io.evenstep.driver.data.spec.DataSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The metrics of an evaluation, as a job file names them. */
public final class Metrics {
  private Metrics() {}

  private static final List<String> OF_CLASSES =
      List.of(
          "loss",
          "accuracy",
          "balancedAccuracy",
          "mcc",
          "precision",
          "recall",
          "f1",
          "auc",
          "prAuc",
          "logLoss",
          "ece");

  private static final List<String> OF_NUMBERS =
      List.of("loss", "mse", "rmse", "mae", "mape", "r2");

  private static final List<String> OF_TOKENS =
      List.of("loss", "accuracy", "perplexity", "bitsPerCharacter");

  private static final List<String> OF_RECONSTRUCTIONS =
      List.of("loss", "mse", "rmse", "mae", "r2", "inputMse", "errorLeft", "distance", "exactRows");

  static final List<String> NAMES =
      Stream.of(OF_CLASSES, OF_NUMBERS, OF_TOKENS, OF_RECONSTRUCTIONS)
          .flatMap(List::stream)
          .distinct()
          .toList();

  private static final String ANY = "([A-Za-z0-9_-]+\\.)?(" + String.join("|", NAMES) + ")";

  private static final Set<String> LOWER_IS_BETTER =
      Set.of(
          "loss",
          "logLoss",
          "ece",
          "mse",
          "rmse",
          "mae",
          "mape",
          "perplexity",
          "bitsPerCharacter",
          "inputMse",
          "errorLeft",
          "distance");

  public static List<String> of(DataSpec.Task task) {
    return switch (task) {
      case CLASSIFICATION -> OF_CLASSES;
      case REGRESSION -> OF_NUMBERS;
      case RECONSTRUCTION -> OF_RECONSTRUCTIONS;
      case NEXT_TOKEN -> OF_TOKENS;
    };
  }

  public static boolean higherIsBetter(String name) {
    return !LOWER_IS_BETTER.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  /** Whether it is the name of a metric. */
  public static boolean isName(String name) {
    return name().holds().test(name);
  }

  /** The rule for names of metrics. */
  public static String rule() {
    return name().words();
  }

  /**
   * A metric; with several outputs, prefixed by the name of one, such as {@code digit.accuracy}.
   */
  static ValueRule<String> name() {
    return ValueRule.pattern(ANY, "must be one of " + String.join(", ", NAMES));
  }

  /** A metric with the split it is computed on, such as {@code test.accuracy}. */
  static ValueRule<String> fullName() {
    return ValueRule.pattern(
        "(validation|test)\\." + ANY,
        "must be validation. or test. followed by one of " + String.join(", ", NAMES));
  }
}
