package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import io.evenstep.model.network.trust.AllowedTypes;
import io.evenstep.model.optimizer.LayerOptimizers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.learning.config.IUpdater;

/** Reads networks that were made with DL4J elsewhere. */
final class Imports {
  private Imports() {}

  /**
   * Reads a configuration without weights.
   *
   * @throws ConfigException when it cannot be read, or names a class that is not allowed
   */
  static Blueprint json(Path file, AllowedTypes allowed) {
    return ImportFailure.tried(
        "Cannot read the DL4J configuration " + file,
        () -> Blueprint.parse(Files.readString(file), allowed, file.toString()));
  }

  /**
   * Reads the parts of a saved network.
   *
   * @throws ConfigException when they cannot be read, or name a class that is not allowed
   */
  static ModelZip zip(Path file, AllowedTypes allowed) {
    return ImportFailure.tried(
        "Cannot read the saved network " + file,
        () -> ModelZip.read(() -> Files.newInputStream(file), allowed, file.toString()));
  }

  /** The blueprint with the job's optimizer in each layer; with its own if the job has none. */
  static Blueprint withOptimizer(Blueprint blueprint, NetworkSpec spec) {
    spec.updates()
        .optimizer()
        .ifPresent(
            optimizer -> {
              IUpdater updater = NetworkBuilder.updater(optimizer, spec.updates().schedule());
              for (NeuralNetConfiguration layer : blueprint.layers()) {
                LayerOptimizers.replace(layer.getLayer(), updater);
              }
              blueprint.startAtStepZero();
            });
    return blueprint;
  }
}
