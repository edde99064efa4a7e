package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.evenstep.model.ConfigException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.FlatArrays;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.trust.AllowedTypes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The Keras files and their expected outputs were computed with NumPy. */
class ImportsTest {
  private static final Shape VECTOR = Shape.of(4);
  @TempDir private Path folder;

  @Test
  void readsASequentialKerasNetworkAndTrainsIt() {
    Network network = build(keras("sequential.h5"), VECTOR);
    INDArray features = Nd4j.arange(8).castTo(DataType.FLOAT).reshape(2, 4).divi(8);

    INDArray out = network.predict(MiniBatch.of(features, Nd4j.zeros(2, 3))).get(0);

    assertThat(out.getDouble(0, 2)).isCloseTo(0.89505089, within(1e-6));
    assertThat(out.getDouble(1, 1)).isCloseTo(0.03613634, within(1e-6));
    assertLearns(network, VECTOR);
  }

  @Test
  void readsAFunctionalKerasNetworkWithChannelsLastAndTrainsIt() throws IOException {
    Shape image = Shape.of(2, 4, 4);
    Network network = build(keras("functional.h5"), image);
    INDArray features = Nd4j.arange(32).castTo(DataType.FLOAT).reshape(1, 2, 4, 4).divi(32);
    MiniBatch batch = MiniBatch.of(features, Nd4j.zeros(1, 3));

    assertThat(network.predict(batch).get(0).getDouble(0, 0)).isCloseTo(0.896242072, within(1e-6));
    assertThat(network.predict(batch).get(0).getDouble(0, 2)).isCloseTo(0.103740644, within(1e-6));
    Network restored =
        Networks.restore(Files.readAllBytes(save(network)), Clipping.NONE, AllowedTypes.BUILT_IN);
    assertThat(restored.predict(batch)).isEqualTo(network.predict(batch));
    assertLearns(network, image);
  }

  @Test
  void goesOnWithTheOptimizerOfASavedNetwork() throws IOException {
    Network network = build(new NetworkSpec.Named("mlp", Map.of("hidden", List.of(5))), VECTOR);
    step(network, 0);
    step(network, 1);
    NetworkSpec.Source saved = zip(save(network));

    Network goesOn =
        Networks.build(
            SampleNetworks.withOwnOptimizer(SampleNetworks.spec(saved)),
            DataShape.of(VECTOR, Shape.of(3), Task.CLASSIFICATION));

    assertThat(goesOn.stepsTaken()).isEqualTo(2);
    step(network, 2);
    step(goesOn, (int) goesOn.stepsTaken());
    assertThat(FlatArrays.sha256(goesOn.parameters()))
        .isEqualTo(FlatArrays.sha256(network.parameters()));
    assertThat(build(saved, VECTOR).stepsTaken()).as("with an optimizer of the job").isZero();
  }

  @Test
  void buildsFromAConfigurationAlone() throws IOException {
    Network network = build(new NetworkSpec.Named("mlp", Map.of("hidden", List.of(5))), VECTOR);

    Network built = build(json(network.configurationJson()), VECTOR);

    assertThat(FlatArrays.sha256(built.parameters()))
        .isEqualTo(FlatArrays.sha256(network.parameters()));
  }

  @Test
  void namesBothShapesWhenTheDataDoNotFit() throws IOException {
    Network network = build(new NetworkSpec.Named("logistic", Map.of()), VECTOR);
    NetworkSpec.Source saved = zip(save(network));

    assertThatThrownBy(() -> build(saved, Shape.of(9)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Cannot train the network on these data: the model's inputs are [[4]], but the data's"
                + " are [[9]]");
    assertThatThrownBy(
            () ->
                Networks.build(
                    SampleNetworks.spec(saved),
                    DataShape.of(VECTOR, Shape.of(7), Task.CLASSIFICATION)))
        .hasMessage(
            "Cannot train the network on these data: the model's outputs are [[3]], but the data's"
                + " are [[7]]");
  }

  @Test
  void refusesWhatIsNoNetwork() throws IOException {
    Path text = Files.writeString(folder.resolve("model.zip"), "no zip");

    assertThatThrownBy(() -> build(zip(text), VECTOR))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("it is not a DL4J zip, configuration.json is missing");
    assertThatThrownBy(() -> build(new NetworkSpec.KerasH5(text), VECTOR))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Cannot read the Keras network");
    assertThatThrownBy(() -> build(zip(folder.resolve("none")), VECTOR))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Cannot read the saved network");
    assertThatThrownBy(() -> build(json("{"), VECTOR))
        .isInstanceOf(ConfigException.class)
        .hasMessageMatching("(?s)Cannot read the DL4J configuration .*net.json: not JSON, .*");
  }

  @Test
  void refusesKerasLayersThatAreCodeOrUnknown() throws IOException {
    assertThatThrownBy(() -> build(renamedLayer("Lambda"), VECTOR))
        .isInstanceOf(ConfigException.class)
        .hasMessageMatching(
            "Cannot read the Keras network .*own.h5: must not have Lambda layers, because they"
                + " contain code");
    assertThatThrownBy(() -> build(renamedLayer("Acmeee"), VECTOR))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("own.h5")
        .hasMessageContaining("Acmeee");
  }

  /** The sequential network with another class, of six letters, as its first dense layer. */
  private NetworkSpec.Source renamedLayer(String type) throws IOException {
    return renamed("\"class_name\": \"Dense\"", "\"class_name\":\"" + type + "\"");
  }

  /**
   * The sequential network with the first occurrence of each word replaced by one that is not
   * longer.
   */
  private NetworkSpec.Source renamed(String is, String becomes) throws IOException {
    Path known = ((NetworkSpec.KerasH5) keras("sequential.h5")).file();
    String bytes = Files.readString(known, StandardCharsets.ISO_8859_1);
    String padded = becomes + " ".repeat(is.length() - becomes.length());
    String renamed = bytes.replaceFirst(Pattern.quote(is), padded);
    assertThat(renamed).isNotEqualTo(bytes);
    // HDF5 recognizes a file by its name.
    Path own = Files.createTempDirectory(folder, "changed").resolve("own.h5");
    return new NetworkSpec.KerasH5(Files.writeString(own, renamed, StandardCharsets.ISO_8859_1));
  }

  private static NetworkSpec.Source zip(Path file) {
    return new NetworkSpec.Dl4jZip(file, AllowedTypes.BUILT_IN);
  }

  private NetworkSpec.Source json(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("net.json"), text);
    return new NetworkSpec.Dl4jJson(file, AllowedTypes.BUILT_IN);
  }

  private static NetworkSpec.Source keras(String name) {
    try {
      return new NetworkSpec.KerasH5(
          Path.of(ImportsTest.class.getResource("/keras/" + name).toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertLearns(Network network, Shape shape) {
    MiniBatch batch = SampleNetworks.batch(12, shape, 3, 4);
    double before = network.loss(batch);
    for (int step = 0; step < 30; step++) {
      network.computeGradient(batch, 0);
      network.step(step, 0, 12);
    }
    assertThat(network.loss(batch)).isLessThan(0.8 * before);
  }

  private static void step(Network network, int step) {
    network.computeGradient(SampleNetworks.batch(6, VECTOR, 3, step), 0);
    network.step(step, 0, 6);
  }

  private Path save(Network network) throws IOException {
    Path zip = folder.resolve("saved.zip");
    try (OutputStream out = Files.newOutputStream(zip)) {
      network.save(out);
    }
    return zip;
  }

  private static Network build(NetworkSpec.Source source, Shape input) {
    return Networks.build(
        SampleNetworks.spec(source), DataShape.of(input, Shape.of(3), Task.CLASSIFICATION));
  }

  /**
   * The messages of HDF5 and DL4J for such files name neither file nor remedy, or send users to
   * DL4J.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Dense\" | \"Denze\" | Unsupported keras layer type Denze.",
        "\"relu\" | \"rulu\" | Unknown Keras activation function rulu.",
        "\"units\" | \"unitz\" | Could not determine number of outputs for layer",
        "model_config | model_konfig | it has no network configuration, perhaps only weights; save"
            + " both",
        "model_weights | modell_weight | it is damaged or has no weights (H5Gopen2 failed); save"
            + " it",
      })
  void saysInItsOwnWordsWhatIsWrongWithAKerasFile(String is, String becomes, String words)
      throws IOException {
    NetworkSpec spec = SampleNetworks.spec(renamed(is, becomes));

    assertThatThrownBy(() -> Networks.check(spec))
        .isInstanceOf(ConfigException.class)
        .hasMessageMatching("(?s)Cannot read the Keras network .*own.*h5: .*")
        .hasMessageContaining(words)
        .message()
        .doesNotContain("file an issue", "http", "eclipse");
  }

  @Test
  void refusesAKerasFileThatIsCutShort() throws IOException {
    Path known = ((NetworkSpec.KerasH5) keras("sequential.h5")).file();
    Path cut = folder.resolve("cut.h5");
    Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(known), 5000));

    assertThatThrownBy(() -> Networks.check(SampleNetworks.spec(new NetworkSpec.KerasH5(cut))))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Cannot read the Keras network "
                + cut
                + ": it is truncated, or not an HDF5 file; save it again with"
                + " model.save(\"network.h5\")");
  }

  /** Bytes changed anywhere: the file is read or refused, and quickly. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void endsSoonOnADamagedKerasFile(long seed) throws IOException {
    byte[] bytes = Files.readAllBytes(((NetworkSpec.KerasH5) keras("sequential.h5")).file());
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    Path damaged = Files.write(folder.resolve("damaged.h5"), bytes);

    assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          try {
            Networks.check(SampleNetworks.spec(new NetworkSpec.KerasH5(damaged)));
          } catch (ConfigException e) {
            assertThat(e).hasMessageContaining("damaged.h5");
          }
        },
        () -> "seed " + seed);
  }

  @Test
  void refusesAKerasFileWhoseSizesNoMemoryHolds() throws IOException {
    NetworkSpec spec =
        SampleNetworks.spec(
            renamed(
                "\"trainable\": true, \"dtype\": \"float32\", \"units\": 5,",
                "\"units\": 2000000000,"));

    assertThatThrownBy(() -> Networks.check(spec))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Cannot build the network: it takes at least ");
  }
}
