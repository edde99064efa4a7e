package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.MapType;
import java.util.List;
import java.util.Optional;

/** Every key of a job file, in the order of the reference page. */
public final class KeyCatalogue {
  private KeyCatalogue() {}

  public static final List<Key<?>> KEYS =
      Key.joined(
          JobKeys.ALL,
          DataKeys.ALL,
          RowKeys.ALL,
          ModelKeys.ALL,
          TrainingKeys.ALL,
          AdversarialKeys.ALL,
          FoldKeys.ALL,
          EvaluationKeys.ALL,
          KeepingKeys.ALL);

  public static final List<String> NAMES = KEYS.stream().map(key -> (String) key.name()).toList();

  /** Keys that the encoding and the model of a run depend on. */
  public static final List<Key<?>> LEARNED =
      List.of(
          DataKeys.FEATURES,
          DataKeys.LABEL,
          DataKeys.WEIGHT,
          DataKeys.TASK,
          DataKeys.CLASSES,
          DataKeys.SHAPE,
          DataKeys.NORMALIZE,
          EndKeys.INPUTS,
          EndKeys.OUTPUTS,
          EvaluationKeys.THRESHOLD,
          EvaluationKeys.CALIBRATION);

  public static Optional<Key<?>> find(String name) {
    return KEYS.stream().filter(key -> key.name().equals(name)).<Key<?>>map(k -> k).findFirst();
  }

  /** The key with free names below it, if {@code name} is one of them. */
  public static Optional<Key<?>> findOpen(String name) {
    return KEYS.stream()
        .filter(key -> key.type() instanceof MapType && name.startsWith(key.name() + "."))
        .<Key<?>>map(key -> key)
        .findFirst();
  }

  /** Whether there is a key below {@code name}. */
  public static boolean isSection(String name) {
    return NAMES.stream().anyMatch(key -> key.startsWith(name + "."));
  }
}
