package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Problem;
import io.evenstep.model.catalog.Losses;
import io.evenstep.model.catalog.Optimizers;
import io.evenstep.model.catalog.Schedules;
import io.evenstep.model.catalog.layer.LocalModels;
import io.evenstep.model.catalog.layer.Models;
import io.evenstep.model.layer.BoltzmannMachine;
import io.evenstep.model.layer.LocalLayer;
import io.evenstep.model.network.NetworkSpec.Dl4jJson;
import io.evenstep.model.network.NetworkSpec.Dl4jZip;
import io.evenstep.model.network.NetworkSpec.KerasH5;
import io.evenstep.model.network.NetworkSpec.Layers;
import io.evenstep.model.network.NetworkSpec.Named;
import io.evenstep.model.network.dl4j.DeepBelief;
import io.evenstep.model.network.dl4j.NamedLayers;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.dl4j.NewHead;
import io.evenstep.model.network.dl4j.Tie;
import io.evenstep.model.optimizer.FrozenLayers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.learning.config.IUpdater;

/** Builds a network from a job's description and the shape of its data. */
final class NetworkBuilder {
  private NetworkBuilder() {}

  static Network build(NetworkSpec spec, DataShape data) {
    List<Problem> problems = SpecCheck.problems(spec);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    Optional<ModelZip> trained = trained(spec, data);
    boolean newHead = spec.source() instanceof Dl4jZip zip && zip.replacesHead();
    if (newHead) {
      Optional<BoltzmannMachine> machines = DeepBelief.in(named(trained.orElseThrow().blueprint()));
      if (machines.isPresent()) {
        return withLabels(machines.get(), trained.get(), spec, data);
      }
    }
    Blueprint blueprint =
        trained.isPresent()
            ? Imports.withOptimizer(trained.get().blueprint(), spec)
            : blueprint(spec, data);
    NamedLayers layers = named(blueprint);
    long oldHead = newHead ? replaceHead(layers, spec, data) : 0;
    FrozenLayers.freeze(spec.updates().frozen(), layers.layers(), layers.outputs());
    Network network = create(blueprint, spec, data);
    if (newHead) {
      NewHead.fill(network, trained.orElseThrow().parameters().orElseThrow(), oldHead);
    } else if (trained.isPresent()) {
      fill(network, trained.get(), spec);
    }
    ShapeCheck.require(network, blueprint.inputs(), data);
    Tie.of(network.updater()).ifPresent(tie -> tie.copy(network.parameters()));
    if (spec.source() instanceof Named named) {
      start(network, Models.weights(named.name(), named.parameters()));
    }
    return network;
  }

  private static Network create(Blueprint blueprint, NetworkSpec spec, DataShape data) {
    return ImportFailure.tried(
        "Cannot build the network",
        () -> {
          blueprint.requireMemory(data.inputShapes());
          return blueprint.create(spec.updates().clipping());
        });
  }

  /** Saved machines as hidden layers below a new output layer. */
  private static Network withLabels(
      BoltzmannMachine machines, ModelZip trained, NetworkSpec spec, DataShape data) {
    boolean fits = InputShapes.fit(trained.blueprint().inputs(), data.inputShapes());
    if (!fits || data.outputs().size() != 1) {
      throw new ConfigException(
          "model.zip",
          "must take the data's inputs " + data.inputShapes() + ", and have one output",
          trained.blueprint().inputs());
    }
    Blueprint blueprint = LayerStack.assemble(DeepBelief.layers(machines), spec, data);
    NamedLayers layers = named(blueprint);
    FrozenLayers.freeze(spec.updates().frozen(), layers.layers(), layers.outputs());
    Network network = create(blueprint, spec, data);
    DeepBelief.fill(network, machines, trained.parameters().orElseThrow());
    return network;
  }

  private static NamedLayers named(Blueprint network) {
    return network instanceof Blueprint.Graph graph
        ? NamedLayers.of(graph.configuration())
        : NamedLayers.of(((Blueprint.Sequence) network).configuration());
  }

  /** A new output layer for the data; returns how many parameters the old one had. */
  private static long replaceHead(NamedLayers network, NetworkSpec spec, DataShape data) {
    List<String> outputs = network.outputs();
    if (outputs.size() != 1 || data.outputs().size() != 1) {
      String rule = "needs a network and data with one output each";
      throw new ConfigException("model.replaceHead", rule, outputs);
    }
    DataShape.Output output = data.outputs().get(0);
    String loss = spec.loss().orElse(LayerFit.usualLoss(output.task()));
    network.layers().values().forEach(layer -> layer.setSeed(spec.seed()));
    return NewHead.replace(
        network.layers().get(outputs.get(0)),
        output.shape().length(),
        Losses.create(loss),
        Losses.activation(loss).getActivationFunction());
  }

  /** Gives the network the parameters of the job, if it has any. */
  private static void start(Network network, List<Double> weights) {
    if (!weights.isEmpty() && weights.size() != network.parameters().length()) {
      throw new ConfigException(
          "model.weights",
          "must be as many as the network has parameters, " + network.parameters().length(),
          weights.size());
    }
    for (int i = 0; i < weights.size(); i++) {
      network.parameters().putScalar(i, weights.get(i));
    }
  }

  /** The contents of a source with weights. */
  private static Optional<ModelZip> trained(NetworkSpec spec, DataShape data) {
    if (spec.source() instanceof Dl4jZip saved) {
      return Optional.of(Imports.zip(saved.file(), saved.allowed()));
    }
    return spec.source() instanceof KerasH5 keras
        ? Optional.of(KerasImport.read(keras.file(), spec, data.outputs()))
        : Optional.empty();
  }

  /** The optimizer's state is kept only when the optimizer is, and for all layers. */
  private static void fill(Network network, ModelZip trained, NetworkSpec spec) {
    if (spec.updates().optimizer().isEmpty() && spec.updates().frozen().isEmpty()) {
      trained.fill(network);
    } else {
      trained.fillParameters(network);
    }
  }

  /** The configuration for a source without weights. */
  static Blueprint blueprint(NetworkSpec spec, DataShape data) {
    if (spec.source() instanceof Named named) {
      Optional<LocalLayer> local = LocalModels.layer(named.name(), named.parameters());
      if (local.isPresent()) {
        return LayerStack.ofLocal(local.get(), spec, data, named.name());
      }
      List<Map<String, Object>> layers =
          EmbeddingSizes.filled(Models.layers(named.name(), named.parameters()), data, "model");
      return assemble(layers, spec, data, named);
    }
    if (spec.source() instanceof Layers list) {
      List<Map<String, Object>> layers = EmbeddingSizes.filled(list.layers(), data, "model.layers");
      return LayerGraph.isNeeded(layers, data)
          ? LayerGraph.assemble(layers, spec, data, "model.layers")
          : LayerStack.assemble(layers, spec, data);
    }
    if (spec.source() instanceof Dl4jJson imported) {
      return Imports.withOptimizer(Imports.json(imported.file(), imported.allowed()), spec);
    }
    throw new IllegalStateException("No configuration without weights in " + spec.source());
  }

  private static Blueprint assemble(
      List<Map<String, Object>> layers, NetworkSpec spec, DataShape data, Named named) {
    if (data.inputs().size() > 1) {
      throw new ConfigException(
          "model.name",
          "must be a network with several inputs, because the data have "
              + data.inputs().stream().map(DataShape.Input::name).toList()
              + "; describe one with model.layers and from, or read it from a file",
          named.name());
    }
    return LayerGraph.isNeeded(layers, data)
        ? LayerGraph.assemble(layers, spec, data, "model.name " + named.name() + ", layers")
        : LayerStack.assemble(layers, spec, data);
  }

  /** DL4J's updater for a job's optimizer. */
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
