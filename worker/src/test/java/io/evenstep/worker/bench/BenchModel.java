package io.evenstep.worker.bench;

import io.evenstep.model.catalog.layer.LayerDefaults;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.network.DataShape;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.OptimizerSpec;
import io.evenstep.model.network.ScheduleSpec;
import io.evenstep.model.network.Shape;
import io.evenstep.model.network.Task;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The networks that the benchmark trains with Adam. */
enum BenchModel {
  /** 784-512-256-10, 0.5 M parameters. */
  MLP(Shape.of(784), Map.of("hidden", List.of(512, 256))),
  /** LeNet from the catalogue, over 28 by 28 pixels. */
  LENET(Shape.of(1, 28, 28), Map.of());

  private final Shape input;
  private final Map<String, Object> parameters;

  BenchModel(Shape input, Map<String, Object> parameters) {
    this.input = input;
    this.parameters = parameters;
  }

  RecordDecoder decoder() {
    return BenchPack.decoder(input);
  }

  Network network() {
    NetworkSpec spec =
        new NetworkSpec(
            new NetworkSpec.Named(name().toLowerCase(java.util.Locale.ROOT), parameters),
            Optional.empty(),
            Optional.empty(),
            "xavier",
            new LayerDefaults("relu", 0),
            NetworkSpec.Penalties.NONE,
            new NetworkSpec.Updates(
                Optional.of(new OptimizerSpec("adam", 0.001, Map.of())),
                new ScheduleSpec("constant", 0, 1000, Map.of()),
                Clipping.NONE),
            1);
    return Networks.build(
        spec, DataShape.of(input, Shape.of(BenchPack.CLASSES), Task.CLASSIFICATION));
  }
}
