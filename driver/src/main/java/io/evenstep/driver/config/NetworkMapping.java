package io.evenstep.driver.config;

import io.evenstep.driver.config.key.JobKeys;
import io.evenstep.driver.config.key.ModelKeys;
import io.evenstep.driver.config.key.Settings;
import io.evenstep.driver.config.key.TrainingKeys;
import io.evenstep.driver.config.value.Key;
import io.evenstep.model.ConfigException;
import io.evenstep.model.catalog.layer.LayerDefaults;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.model.network.OptimizerSpec;
import io.evenstep.model.network.ScheduleSpec;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.trust.AllowedTypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds the description of the network from the keys under {@code model} and {@code training}. */
final class NetworkMapping {
  /** The default optimizer. */
  static final String USUAL_OPTIMIZER = "adam";

  private NetworkMapping() {}

  /**
   * The network's description.
   *
   * @param totalSteps total steps of the job
   * @throws ConfigException when a file it names cannot be read
   */
  static NetworkSpec of(Settings settings, long totalSteps) {
    return new NetworkSpec(
        source(settings),
        settings.find(ModelKeys.LOSS),
        settings.find(ModelKeys.OUTPUT_ACTIVATION),
        settings.of(ModelKeys.INIT),
        new LayerDefaults(settings.of(ModelKeys.ACTIVATION), settings.of(ModelKeys.DROPOUT)),
        new NetworkSpec.Penalties(
            settings.of(TrainingKeys.L1),
            settings.of(TrainingKeys.L2),
            settings.of(TrainingKeys.WEIGHT_DECAY)),
        new NetworkSpec.Updates(
            optimizer(settings),
            schedule(settings, totalSteps),
            new Clipping(settings.of(TrainingKeys.CLIP_VALUE), settings.of(TrainingKeys.CLIP_NORM)),
            settings.find(ModelKeys.FREEZE).orElse(List.of())),
        settings.of(JobKeys.SEED));
  }

  private static NetworkSpec.Source source(Settings settings) {
    Optional<NetworkSpec.Source> ours =
        settings
            .find(ModelKeys.NAME)
            .map(name -> new NetworkSpec.Named(name, given(settings, ModelKeys.PARAMETERS)));
    return ours.or(() -> settings.find(ModelKeys.LAYERS).map(NetworkSpec.Layers::new))
        .or(
            () ->
                file(settings, ModelKeys.ZIP)
                    .map(f -> new NetworkSpec.Dl4jZip(f, allowed(settings), head(settings))))
        .or(() -> file(settings, ModelKeys.KERAS).map(NetworkSpec.KerasH5::new))
        .or(
            () ->
                file(settings, ModelKeys.JSON)
                    .map(f -> new NetworkSpec.Dl4jJson(f, allowed(settings))))
        .orElseThrow();
  }

  private static NetworkSpec.Head head(Settings settings) {
    return settings.of(ModelKeys.REPLACE_HEAD) ? NetworkSpec.Head.REPLACED : NetworkSpec.Head.KEPT;
  }

  /** The classes that a network's file may name. */
  static AllowedTypes allowed(Settings settings) {
    return new AllowedTypes(settings.find(ModelKeys.ALLOW).orElse(List.of()));
  }

  private static Optional<Path> file(Settings settings, Key<String> key) {
    Optional<Path> path =
        settings.find(key).map(text -> Path.of(text.replaceFirst("^file:/*", "/")));
    if (path.isPresent() && !Files.isReadable(path.get())) {
      throw new ConfigException(
          key.name(), "must be a file on the driver's disk", settings.of(key));
    }
    return path;
  }

  /** Empty when the network's file has an optimizer and the job names no other. */
  private static Optional<OptimizerSpec> optimizer(Settings settings) {
    boolean brought =
        settings.setting(ModelKeys.JSON).isPresent() || settings.setting(ModelKeys.ZIP).isPresent();
    Optional<String> name = settings.find(TrainingKeys.OPTIMIZER);
    return (brought ? name : name.or(() -> Optional.of(USUAL_OPTIMIZER)))
        .map(
            chosen ->
                new OptimizerSpec(
                    chosen,
                    settings.of(TrainingKeys.LEARNING_RATE),
                    numbers(settings, TrainingKeys.OPTIMIZER_PARAMETERS)));
  }

  private static ScheduleSpec schedule(Settings settings, long totalSteps) {
    return new ScheduleSpec(
        settings.of(TrainingKeys.SCHEDULE),
        settings.of(TrainingKeys.WARMUP_STEPS),
        totalSteps,
        numbers(settings, TrainingKeys.SCHEDULE_PARAMETERS));
  }

  private static Map<String, Double> numbers(Settings settings, List<Key<?>> keys) {
    Map<String, Double> numbers = new TreeMap<>();
    given(settings, keys)
        .forEach((name, value) -> numbers.put(name, ((Number) value).doubleValue()));
    return numbers;
  }

  private static Map<String, Object> given(Settings settings, List<Key<?>> keys) {
    Map<String, Object> parameters = new TreeMap<>();
    for (Key<?> key : keys) {
      String name = key.name().substring(key.name().lastIndexOf('.') + 1);
      settings.setting(key).ifPresent(setting -> parameters.put(name, setting.value()));
    }
    return parameters;
  }
}
