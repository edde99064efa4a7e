package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.ConfigException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.dl4j.Network;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Layers with named inputs, over data with several inputs and outputs. */
class LayerGraphTest {
  private static final DataShape.Input IMAGE = new DataShape.Input("image", Shape.of(1, 6, 6));
  private static final DataShape.Input FACTS = new DataShape.Input("facts", Shape.of(4));
  private static final DataShape.Output KIND =
      new DataShape.Output("kind", Shape.of(3), Task.CLASSIFICATION);
  private static final DataShape.Output SIZE =
      new DataShape.Output("size", Shape.of(2), Task.REGRESSION);
  private static final DataShape BOTH = new DataShape(List.of(IMAGE, FACTS), List.of(KIND, SIZE));

  private static final List<Map<String, Object>> BRANCHES =
      List.of(
          Map.of("type", "conv2d", "filters", 2, "kernel", 3, "from", "image"),
          Map.of("type", "flatten", "id", "seen"),
          Map.of("type", "dense", "units", 5, "from", "facts", "id", "known"),
          Map.of("type", "dense", "units", 6, "from", List.of("seen", "known"), "output", "kind"),
          Map.of("type", "dense", "units", 4));

  @Test
  void joinsBranchesAndPutsAnOutputOnEachEnd() {
    Network network = Networks.build(spec(BRANCHES), BOTH);

    List<INDArray> outputs = network.predict(batch());

    assertThat(outputs).hasSize(2);
    assertThat(outputs.get(0).shape()).containsExactly(7, 3);
    assertThat(outputs.get(0).sum(1).toDoubleVector()) // softmax
        .containsExactly(new double[] {1, 1, 1, 1, 1, 1, 1}, Offset.offset(1e-5));
    assertThat(outputs.get(1).shape()).containsExactly(7, 2);
    int convolution = 2 * 3 * 3 + 2;
    int joined = (2 * 4 * 4 + 5) * 6 + 6;
    assertThat(network.parameters().length())
        .isEqualTo(convolution + (4 * 5 + 5) + joined + (6 * 4 + 4) + (6 * 3 + 3) + (4 * 2 + 2));
  }

  @Test
  void hasTheGradientThatDifferencesGive() {
    List<Map<String, Object>> layers =
        List.of(
            Map.of("type", "dense", "units", 4, "from", "facts", "id", "a"),
            Map.of("type", "dense", "units", 4, "from", "a", "id", "b"),
            Map.of("type", "dense", "units", 3, "from", List.of("a", "b"), "combine", "add"),
            Map.of("type", "dense", "units", 3, "from", "image", "id", "c"),
            Map.of("type", "dense", "units", 3, "from", List.of("layer2", "c"), "output", "size"),
            Map.of(
                "type",
                "dense",
                "units",
                2,
                "from",
                List.of("layer2", "c"),
                "combine",
                "multiply"));
    NetworkSpec spec =
        SampleNetworks.withActivation(
            SampleNetworks.spec(
                new NetworkSpec.Layers(layers),
                new OptimizerSpec("sgd", 1, Map.of()), // required by the check
                SampleNetworks.CONSTANT),
            "tanh");
    ComputationGraphConfiguration configuration =
        ((Blueprint.Graph) NetworkBuilder.blueprint(spec, BOTH)).configuration();
    configuration.setDataType(DataType.DOUBLE);
    configuration.getDefaultConfiguration().setDataType(DataType.DOUBLE);
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    try {
      requireGradient(new ComputationGraph(configuration));
    } finally {
      Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }
  }

  private static void requireGradient(ComputationGraph graph) {
    graph.init();
    MiniBatch rows = batch();
    assertThat(
            GradientCheckUtil.checkGradients(
                new GradientCheckUtil.GraphConfig()
                    .net(graph)
                    .epsilon(1e-6)
                    .maxRelError(1e-3)
                    .minAbsoluteError(1e-8)
                    .inputs(doubles(rows.features()))
                    .labels(doubles(rows.labels()))))
        .isTrue();
  }

  @Test
  void putsEveryOutputOnTheLastLayerUnlessOneSaysOtherwise() {
    DataShape data = new DataShape(List.of(FACTS), List.of(KIND, SIZE));

    Network network =
        Networks.build(
            SampleNetworks.spec(new NetworkSpec.Named("mlp", Map.of("hidden", List.of(5)))), data);

    assertThat(network.parameters().length()).isEqualTo((4 * 5 + 5) + (5 * 3 + 3) + (5 * 2 + 2));
  }

  @Test
  void namesTheLayerWhoseWiringIsWrong() {
    refuses("must name inputs of the data, from [image, facts], got nothing", dense(3));
    refuses(
        "[0].from: must name inputs or earlier layers, from [image, facts], got fact",
        with(dense(3), "from", "fact"));
    refuses(
        "[0].id: must not be the name of another layer, an input or an output, got size",
        with(with(dense(3), "from", "facts"), "id", "size"));
    refuses(
        "[0].output: must be an output of the data, one of [kind, size], got age",
        with(with(dense(3), "from", "facts"), "output", "age"));
    refuses(
        "must use every input and every layer's result, got these unused: [image]",
        with(dense(3), "from", "facts"));
    refuses(
        "[2].from: cannot add [[3], [2]]",
        with(dense(3), "from", "facts"),
        with(dense(2), "from", "image"),
        with(with(dense(2), "from", List.of("layer0", "layer1")), "combine", "add"));
    refuses(
        "[0].combine: must be one of concatenate, add, average, multiply, max",
        with(with(dense(3), "from", "facts"), "combine", "sum"));
    assertThatThrownBy(
            () ->
                Networks.build(
                    SampleNetworks.spec(new NetworkSpec.Named("logistic", Map.of())), BOTH))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Invalid model.name: must be a network with several inputs, because");
  }

  @SafeVarargs
  private static void refuses(String message, Map<String, Object>... layers) {
    assertThatThrownBy(() -> Networks.build(spec(List.of(layers)), BOTH))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  private static Map<String, Object> dense(int units) {
    return Map.of("type", "dense", "units", units);
  }

  private static Map<String, Object> with(Map<String, Object> layer, String key, Object value) {
    Map<String, Object> more = new java.util.LinkedHashMap<>(layer);
    more.put(key, value);
    return more;
  }

  private static NetworkSpec spec(List<Map<String, Object>> layers) {
    return SampleNetworks.spec(new NetworkSpec.Layers(layers));
  }

  private static MiniBatch batch() {
    Nd4j.getRandom().setSeed(5);
    INDArray image = Nd4j.rand(DataType.FLOAT, 7, 1, 6, 6);
    INDArray facts = Nd4j.rand(DataType.FLOAT, 7, 4);
    INDArray size = Nd4j.rand(DataType.FLOAT, 7, 2);
    return new MiniBatch(
        List.of(image, facts),
        List.of(SampleNetworks.oneHot(7, 3, 6), size),
        List.of(),
        List.of(),
        7);
  }

  private static INDArray[] doubles(List<INDArray> arrays) {
    return arrays.stream().map(a -> a.castTo(DataType.DOUBLE)).toArray(INDArray[]::new);
  }
}
