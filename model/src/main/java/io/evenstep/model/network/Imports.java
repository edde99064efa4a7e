package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
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
                replace(layer.getLayer(), updater);
              }
              blueprint.startAtStepZero();
            });
    return blueprint;
  }

  private static void replace(Layer layer, IUpdater updater) {
    if (layer instanceof BaseWrapperLayer wrapper) {
      replace(wrapper.getUnderlying(), updater);
    } else if (layer instanceof Bidirectional both) {
      replace(both.getFwd(), updater);
      replace(both.getBwd(), updater);
    } else if (layer instanceof AbstractSameDiffLayer defined) {
      defined.setUpdater(updater.clone());
      defined.setBiasUpdater(updater.clone());
    } else if (layer instanceof BaseLayer base) {
      base.setIUpdater(updater.clone());
      base.setBiasUpdater(null);
    }
  }
}
