package io.evenstep.driver.config;

import io.evenstep.model.network.Clipping;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.model.network.OptimizerSpec;
import io.evenstep.model.network.ScheduleSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the network's description from the keys under {@code model} and {@code training}. */
final class NetworkMapping {
  private NetworkMapping() {}

  /** Empty when a file it names cannot be read, which goes to the problems. */
  static Optional<NetworkSpec> of(Settings settings, Problems problems) {
    return source(settings, problems)
        .map(
            source ->
                new NetworkSpec(
                    source,
                    settings.find(ModelKeys.LOSS),
                    settings.of(ModelKeys.INIT),
                    settings.of(ModelKeys.ACTIVATION),
                    settings.of(ModelKeys.DROPOUT),
                    settings.of(TrainingKeys.L1),
                    settings.of(TrainingKeys.L2),
                    settings.of(TrainingKeys.WEIGHT_DECAY),
                    optimizer(settings),
                    schedule(settings),
                    new Clipping(
                        settings.of(TrainingKeys.CLIP_VALUE), settings.of(TrainingKeys.CLIP_NORM)),
                    settings.of(JobKeys.SEED)));
  }

  private static Optional<NetworkSpec.Source> source(Settings settings, Problems problems) {
    Optional<String> name = settings.find(ModelKeys.NAME);
    if (name.isPresent()) {
      return Optional.of(new NetworkSpec.Named(name.get(), parameters(settings, name.get())));
    }
    Optional<List<Map<String, Object>>> layers = settings.find(ModelKeys.LAYERS);
    if (layers.isPresent()) {
      return layers.map(NetworkSpec.Layers::new);
    }
    return file(settings, ModelKeys.ZIP, problems)
        .<NetworkSpec.Source>map(NetworkSpec.Dl4jZip::new)
        .or(() -> file(settings, ModelKeys.KERAS, problems).map(NetworkSpec.KerasH5::new))
        .or(
            () ->
                file(settings, ModelKeys.JSON, problems)
                    .flatMap(file -> text(file, problems))
                    .map(NetworkSpec.Dl4jJson::new));
  }

  private static Map<String, Object> parameters(Settings settings, String name) {
    return name.equals("mlp") ? Map.of("hidden", settings.of(ModelKeys.HIDDEN)) : Map.of();
  }

  private static Optional<Path> file(Settings settings, Key<String> key, Problems problems) {
    Optional<Path> path =
        settings.find(key).map(text -> Path.of(text.replaceFirst("^file:/*", "/")));
    if (path.isPresent() && !Files.isReadable(path.get())) {
      problems.add(key.name(), "must be a file on the driver's disk", settings.of(key));
      return Optional.empty();
    }
    return path;
  }

  private static Optional<String> text(Path file, Problems problems) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      problems.add(ModelKeys.JSON.name(), "must be a file of text (" + e.getMessage() + ")", file);
      return Optional.empty();
    }
  }

  private static OptimizerSpec optimizer(Settings settings) {
    return new OptimizerSpec(
        settings.of(TrainingKeys.OPTIMIZER),
        settings.of(TrainingKeys.LEARNING_RATE),
        given(settings, TrainingKeys.OPTIMIZER_PARAMETERS));
  }

  private static ScheduleSpec schedule(Settings settings) {
    return new ScheduleSpec(
        settings.of(TrainingKeys.SCHEDULE),
        settings.of(TrainingKeys.WARMUP_STEPS),
        0,
        given(settings, TrainingKeys.SCHEDULE_PARAMETERS));
  }

  private static Map<String, Double> given(Settings settings, List<Key<Double>> keys) {
    Map<String, Double> parameters = new TreeMap<>();
    for (Key<Double> key : keys) {
      String name = key.name().substring(key.name().lastIndexOf('.') + 1);
      settings.find(key).ifPresent(value -> parameters.put(name, value));
    }
    return parameters;
  }
}
