package io.evenstep.model.network.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.layers.Gadget;
import com.acme.layers.Traces;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenstep.model.ConfigException;
import io.evenstep.model.network.DataShape;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.SampleNetworks;
import io.evenstep.model.network.Shape;
import io.evenstep.model.network.Task;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.FlatArrays;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.dl4j.ZipParts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gadget leaves a trace when it is loaded, created or deserialized. */
class AllowedTypesTest {
  private static final String GADGET = "com.acme.layers.Gadget";
  private static final String TANH =
      "\"@class\" : \"org.nd4j.linalg.activations.impl.ActivationTanH\"";
  private static final String LAYER =
      "\"@class\" : \"org.deeplearning4j.nn.conf.layers.ActivationLayer\"";
  private static final AllowedTypes ACME = new AllowedTypes(List.of("com.acme.layers"));

  @TempDir private Path folder;
  private String json = "";

  @BeforeEach
  void configure() {
    Traces.SEEN.clear();
    json =
        network(
                new NetworkSpec.Layers(
                    List.of(
                        Map.of("type", "dense", "units", 5),
                        Map.of("type", "activation", "name", "tanh"))))
            .configurationJson();
    assertThat(json).contains(LAYER, TANH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"@class\" : \"com.acme.layers.Gadget\"",
        "\"@class\" : \"com.acme.layers.Gadget\", " + LAYER,
        LAYER + ", \"@class\" : \"com.acme.layers.Gadget\"",
        LAYER + ", \"unknown\" : [\"com.acme.layers.Gadget\", {}]",
        LAYER + ", \"dist\" : {\"type\" : \"com.acme.layers.Gadget\"}",
        LAYER + ", \"unknown\" : {\"deep\" : [1, {\"@class\" : \"com.acme.layers.Gadget\"}]}",
        "\"@class\" : \"org.deeplearning4j.nn.conf.Map<com.acme.layers.Gadget>\"",
        "\"@class\" : \"[Lcom.acme.layers.Gadget;\""
      })
  void refusesAClassThatIsNotAllowedBeforeItIsLoaded(String types) throws IOException {
    String poisoned = json.replace(LAYER, types);
    Path file = Files.writeString(folder.resolve("net.json"), poisoned);
    Path zip =
        ZipParts.write(
            folder.resolve("poisoned.zip"),
            Map.of("configuration.json", poisoned.getBytes(StandardCharsets.UTF_8)));

    assertRefused(new NetworkSpec.Dl4jJson(file, AllowedTypes.BUILT_IN), file);
    assertRefused(new NetworkSpec.Dl4jZip(zip, AllowedTypes.BUILT_IN), zip);
    byte[] bytes = Files.readAllBytes(zip);
    assertThatThrownBy(() -> Networks.restore(bytes, Clipping.NONE, AllowedTypes.BUILT_IN))
        .isInstanceOf(ConfigException.class);
    DataShape data = DataShape.of(Shape.of(2), Shape.of(2), Task.CLASSIFICATION);
    assertThatThrownBy(() -> Networks.check(bytes, AllowedTypes.BUILT_IN, "runs/x/model.zip", data))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("runs/x/model.zip");
    assertThat(Traces.SEEN).isEmpty();
  }

  private static void assertRefused(NetworkSpec.Source source, Path file) {
    assertThatThrownBy(() -> network(source))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(GADGET)
        .hasMessageEndingWith("allow it or its package with model.allow");
  }

  /** The scan of the text may have missed a way to name a class. */
  @Test
  void dl4jsOwnReaderIsGuardedToo() {
    String poisoned = json.replace(LAYER, "\"@class\" : \"" + GADGET + "\"");

    assertThatThrownBy(
            () ->
                new Dl4jJsonReader(AllowedTypes.BUILT_IN, "net.json")
                    .readGuarded(poisoned, MultiLayerConfiguration.class))
        .hasMessageContaining("denied resolution");
    assertThat(Traces.SEEN).isEmpty();
  }

  @Test
  void makesWhatTheJobAllows() throws IOException {
    String own = json.replace(LAYER, "\"@class\" : \"" + GADGET + "\"");
    Path file = Files.writeString(folder.resolve("net.json"), own);

    Network network = network(new NetworkSpec.Dl4jJson(file, ACME));

    assertThat(network.configurationJson()).contains(GADGET);
    assertThat(Traces.SEEN).contains("made");
  }

  @Test
  void makesNothingThatIsNotOfTheTypeOfItsPlace() throws IOException {
    String poisoned = json.replace(TANH, "\"@class\" : \"" + GADGET + "\"");
    Path file = Files.writeString(folder.resolve("net.json"), poisoned);

    assertThatThrownBy(() -> network(new NetworkSpec.Dl4jJson(file, ACME)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(GADGET)
        .hasMessageContaining("IActivation");
    assertThat(Traces.SEEN).doesNotContain("made");
  }

  @Test
  void allowsAPackageAndWhatIsBelowItButNotItsNamesakes() {
    for (String good : List.of(GADGET, GADGET + "$Inner", "com.acme.layers.deep.Layer")) {
      assertThat(ACME.allows(good)).as(good).isTrue();
    }
    for (String bad :
        List.of(
            "com.acme.layersmith.Layer",
            "com.acme.Layer",
            "Layer",
            "",
            "org.deeplearning4j.nn.configuration.Layer",
            "org.deeplearning4j.nn.modelimport.keras.layers.TFOpLayer",
            "java.util.HashMap")) {
      assertThat(ACME.allows(bad)).as(bad).isFalse();
    }
  }

  /** Before 1.0.0-beta, layers, activations and losses had their own short names. */
  @Test
  void readsTheOldFormatUnderTheSameGuard() throws IOException {
    Network network = network(new NetworkSpec.Named("mlp", Map.of("hidden", List.of(5))));
    Map<String, String> words =
        Map.of(
            "org.deeplearning4j.nn.conf.layers.DenseLayer", "dense",
            "org.deeplearning4j.nn.conf.layers.OutputLayer", "output",
            "org.nd4j.linalg.activations.impl.ActivationReLU", "ReLU",
            "org.nd4j.linalg.activations.impl.ActivationSoftmax", "Softmax",
            "org.nd4j.linalg.lossfunctions.impl.LossMCXENT", "MCXENT");
    ObjectMapper mapper = new ObjectMapper();
    String old = wrapped(mapper.readTree(network.configurationJson()), words).toString();
    assertThat(old).contains("\"dense\":{", "\"ReLU\":{").doesNotContain("DenseLayer");
    Path file = Files.writeString(folder.resolve("old.json"), old);

    Network read = network(new NetworkSpec.Dl4jJson(file, AllowedTypes.BUILT_IN));

    assertThat(FlatArrays.sha256(read.parameters()))
        .isEqualTo(FlatArrays.sha256(network.parameters()));
    String poisoned = old.replaceFirst("org\\.nd4j\\.linalg\\.learning\\.config\\.\\w+", GADGET);
    Files.writeString(file, poisoned);
    assertRefused(new NetworkSpec.Dl4jJson(file, AllowedTypes.BUILT_IN), file);
    assertThat(Traces.SEEN).isEmpty();
  }

  /** The tree with each object of a named class wrapped in one with its short name. */
  private static JsonNode wrapped(JsonNode node, Map<String, String> words) {
    ObjectNode copy = new ObjectMapper().createObjectNode();
    if (node.isArray()) {
      ArrayNode items = copy.putArray("items");
      node.forEach(item -> items.add(wrapped(item, words)));
      return items;
    }
    if (!node.isObject()) {
      return node;
    }
    node.fields().forEachRemaining(f -> copy.set(f.getKey(), wrapped(f.getValue(), words)));
    String word = words.get(node.path("@class").asText());
    if (word == null) {
      return copy;
    }
    copy.remove("@class");
    return new ObjectMapper().createObjectNode().set(word, copy);
  }

  @Test
  void doesNotDeserializeTheJavaObjectsOfAZip() throws Exception {
    byte[] object = serialized(new Gadget());
    try (InputStream bytes = new ByteArrayInputStream(object)) {
      assertThat(new java.io.ObjectInputStream(bytes).readObject()).isInstanceOf(Gadget.class);
    }
    assertThat(Traces.SEEN).as("the gadget works").contains("deserialized");
    Traces.SEEN.clear();
    Network network = network(new NetworkSpec.Named("logistic", Map.of()));
    Map<String, byte[]> parts = ZipParts.of(network);
    for (String name :
        List.of("preprocessor.bin", "normalizer.bin", "updater.bin", "objects/gadget")) {
      parts.put(name, object);
    }
    Path zip = ZipParts.write(folder.resolve("old.zip"), parts);

    Network restored =
        Networks.restore(Files.readAllBytes(zip), Clipping.NONE, AllowedTypes.BUILT_IN);

    assertThat(FlatArrays.sha256(restored.parameters()))
        .isEqualTo(FlatArrays.sha256(network.parameters()));
    assertThat(Traces.SEEN).isEmpty();
  }

  private static byte[] serialized(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static Network network(NetworkSpec.Source source) {
    return Networks.build(
        SampleNetworks.spec(source), DataShape.of(Shape.of(4), Shape.of(3), Task.CLASSIFICATION));
  }
}
