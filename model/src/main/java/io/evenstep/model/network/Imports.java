package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.nd4j.linalg.learning.config.IUpdater;

/** Networks made with DL4J elsewhere. */
final class Imports {
  private Imports() {}

  /** A configuration alone; the job's optimizer replaces its own where the job names one. */
  static Blueprint json(String json, NetworkSpec spec) {
    return withOptimizer(Blueprint.parse(json), spec);
  }

  /** The parts of a saved network. */
  static ModelZip zip(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return ModelZip.read(in);
    } catch (IOException e) {
      throw new ConfigException("Cannot read the saved network " + file + ": " + e.getMessage(), e);
    }
  }

  /** The blueprint with the job's optimizer in each of its layers, or its own if there is none. */
  static Blueprint withOptimizer(Blueprint blueprint, NetworkSpec spec) {
    spec.optimizer()
        .ifPresent(
            optimizer -> {
              IUpdater updater = NetworkBuilder.updater(optimizer, spec.schedule());
              for (NeuralNetConfiguration layer : blueprint.layers()) {
                layerOf(layer.getLayer()).ifPresent(base -> base.setIUpdater(updater.clone()));
                layerOf(layer.getLayer()).ifPresent(base -> base.setBiasUpdater(null));
              }
              blueprint.startAtStepZero();
            });
    return blueprint;
  }

  private static java.util.Optional<BaseLayer> layerOf(Layer layer) {
    if (layer instanceof BaseWrapperLayer wrapper) {
      return layerOf(wrapper.getUnderlying());
    }
    return layer instanceof BaseLayer base
        ? java.util.Optional.of(base)
        : java.util.Optional.empty();
  }
}
