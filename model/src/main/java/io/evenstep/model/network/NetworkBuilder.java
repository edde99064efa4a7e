package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Problem;
import io.evenstep.model.catalog.Models;
import io.evenstep.model.catalog.Optimizers;
import io.evenstep.model.catalog.Schedules;
import io.evenstep.model.network.NetworkSpec.Dl4jJson;
import io.evenstep.model.network.NetworkSpec.Dl4jZip;
import io.evenstep.model.network.NetworkSpec.KerasH5;
import io.evenstep.model.network.NetworkSpec.Layers;
import io.evenstep.model.network.NetworkSpec.Named;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.learning.config.IUpdater;

/** From what a job says and what its data look like to a network. */
final class NetworkBuilder {
  private NetworkBuilder() {}

  static Network build(NetworkSpec spec, List<Shape> inputs, List<Shape> outputs, Task task) {
    List<Problem> problems = SpecCheck.problems(spec);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    Optional<ModelZip> trained = trained(spec, task);
    Blueprint blueprint =
        trained.isPresent()
            ? Imports.withOptimizer(trained.get().blueprint(), spec)
            : blueprint(spec, inputs, outputs, task);
    Network network = blueprint.create(spec.clipping());
    if (trained.isPresent()) {
      fill(network, trained.get(), spec);
    }
    ShapeCheck.require(network, blueprint.inputs(), inputs, outputs);
    return network;
  }

  /** What a source with weights holds. */
  private static Optional<ModelZip> trained(NetworkSpec spec, Task task) {
    if (spec.source() instanceof Dl4jZip saved) {
      return Optional.of(Imports.zip(saved.file(), saved.allowed()));
    }
    return spec.source() instanceof KerasH5 keras
        ? Optional.of(KerasImport.read(keras.file(), spec, task))
        : Optional.empty();
  }

  /** The optimizer's state goes on only where the optimizer does. */
  private static void fill(Network network, ModelZip trained, NetworkSpec spec) {
    if (spec.optimizer().isEmpty()) {
      trained.fill(network);
    } else {
      trained.fillParameters(network);
    }
  }

  /** The configuration for a source that brings no weights of its own. */
  static Blueprint blueprint(NetworkSpec spec, List<Shape> inputs, List<Shape> outputs, Task task) {
    if (spec.source() instanceof Named named) {
      return LayerStack.assemble(
          Models.layers(named.name(), named.parameters()), spec, inputs, outputs, task);
    }
    if (spec.source() instanceof Layers list) {
      return LayerStack.assemble(list.layers(), spec, inputs, outputs, task);
    }
    if (spec.source() instanceof Dl4jJson imported) {
      return Imports.withOptimizer(Imports.json(imported.file(), imported.allowed()), spec);
    }
    throw new IllegalStateException("No configuration without weights in " + spec.source());
  }

  /** The optimizer of a job as DL4J has it. */
  static IUpdater updater(OptimizerSpec optimizer, ScheduleSpec schedule) {
    return Optimizers.create(
        optimizer.name(),
        optimizer.learningRate(),
        Schedules.create(
            schedule.name(),
            optimizer.learningRate(),
            schedule.warmupSteps(),
            schedule.totalSteps(),
            schedule.parameters()),
        optimizer.parameters());
  }
}
