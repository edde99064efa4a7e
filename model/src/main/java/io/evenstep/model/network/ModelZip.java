package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.trust.AllowedTypes;
import io.evenstep.model.network.trust.SavedArray;
import io.evenstep.model.network.trust.ZipWalk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a zip that DL4J's {@code ModelSerializer} writes. Only three are read: DL4J's own
 * reader would also deserialize Java objects that a zip may carry ({@code preprocessor.bin}, {@code
 * normalizer.bin}, {@code objects/...}, {@code updater.bin}), which can run code.
 *
 * @param blueprint the configuration of the network
 * @param parameters all of them, flat; empty when the zip has none
 * @param optimizerState flat; empty when the zip has none
 */
record ModelZip(
    Blueprint blueprint, Optional<INDArray> parameters, Optional<INDArray> optimizerState) {
  private static final Logger log = LoggerFactory.getLogger(ModelZip.class);
  private static final String CONFIGURATION = "configuration.json";
  private static final String PARAMETERS = "coefficients.bin";
  private static final String OPTIMIZER_STATE = "updaterState.bin";
  private static final String OURS = "evenstep/";
  private static final Set<String> READ = Set.of(CONFIGURATION, PARAMETERS, OPTIMIZER_STATE);
  private static final int MOST_CONFIGURATION_BYTES = 16 << 20;

  /** No optimizer keeps more numbers than this for each parameter; AMSGrad keeps 3. */
  private static final int MOST_STATE_PER_PARAMETER = 8;

  /** A zip that can be read more than once, because its parts may be in any order. */
  interface Opening {
    /**
     * Opens it at the start.
     *
     * @throws IOException when it cannot be read
     */
    InputStream open() throws IOException;
  }

  /**
   * Reads a zip, and checks that it has as many parameters as its configuration asks for, all of
   * them finite.
   *
   * @param allowed the classes that its configuration may name
   * @param file its name in messages
   * @throws ConfigException when it is not a DL4J zip, or names a class that is not allowed
   * @throws IOException when it cannot be read
   */
  static ModelZip read(Opening zip, AllowedTypes allowed, String file) throws IOException {
    Blueprint blueprint = blueprint(zip, allowed, file);
    long most = blueprint.parameterCount();
    Map<String, INDArray> arrays = new HashMap<>();
    try (InputStream in = zip.open()) {
      new ZipWalk(file, ZipWalk.MOST_BYTES_PASSED)
          .walk(
              in,
              (name, content) -> {
                String shown = name + " in " + file;
                if (name.equals(PARAMETERS)) {
                  arrays.put(name, SavedArray.read(content, most, shown));
                } else if (name.equals(OPTIMIZER_STATE)) {
                  long mostState = MOST_STATE_PER_PARAMETER * most;
                  arrays.put(name, SavedArray.read(content, mostState, shown));
                } else if (!READ.contains(name) && !name.startsWith(OURS)) {
                  log.warn("Ignored {}: it may hold Java objects", shown);
                }
                return true;
              });
    }
    ModelZip parts =
        new ModelZip(
            blueprint,
            Optional.ofNullable(arrays.get(PARAMETERS)),
            Optional.ofNullable(arrays.get(OPTIMIZER_STATE)));
    requireAlike(parts.parameters.map(INDArray::length).orElse(0L), most, "parameters");
    return parts;
  }

  /**
   * Reads only the configuration.
   *
   * @throws ConfigException when there is none, or it names a class that is not allowed
   * @throws IOException when the zip cannot be read
   */
  static Blueprint blueprint(Opening zip, AllowedTypes allowed, String file) throws IOException {
    StringBuilder json = new StringBuilder();
    try (InputStream in = zip.open()) {
      new ZipWalk(file, ZipWalk.MOST_BYTES_PASSED)
          .walk(
              in,
              (name, content) -> {
                boolean found = name.equals(CONFIGURATION);
                if (found) {
                  json.append(text(content, file));
                }
                return !found;
              });
    }
    if (json.isEmpty()) {
      throw new ConfigException(
          "Cannot restore the network from "
              + file
              + ": it is not a DL4J zip, "
              + CONFIGURATION
              + " is missing");
    }
    return Blueprint.parse(json.toString(), allowed, file);
  }

  private static String text(InputStream content, String file) throws IOException {
    byte[] bytes = content.readNBytes(MOST_CONFIGURATION_BYTES + 1);
    if (bytes.length > MOST_CONFIGURATION_BYTES) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "Cannot restore the network from %s: %s has more than %d bytes",
              file,
              CONFIGURATION,
              MOST_CONFIGURATION_BYTES));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * Copies the saved numbers into a network of this configuration.
   *
   * @throws ConfigException when there are more or fewer of them than the network has
   */
  void fill(Network network) {
    fillParameters(network);
    if (optimizerState.isPresent() || network.optimizerState().isPresent()) {
      copy(
          optimizerState.orElse(Nd4j.empty(DataType.FLOAT)),
          network.optimizerState().orElse(Nd4j.empty(DataType.FLOAT)),
          "numbers of optimizer state");
    }
  }

  /** Copies only the parameters, for a network with another optimizer. */
  void fillParameters(Network network) {
    copy(parameters.orElse(Nd4j.empty(DataType.FLOAT)), network.parameters(), "parameters");
  }

  private static void copy(INDArray saved, INDArray to, String what) {
    requireAlike(saved.length(), to.length(), what);
    if (!to.isEmpty()) {
      to.assign(saved.castTo(DataType.FLOAT).reshape(to.length()));
    }
  }

  private static void requireAlike(long saved, long configured, String what) {
    if (saved != configured) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "Cannot restore the network: its configuration needs %d %s, but the zip has %d",
              configured,
              what,
              saved));
    }
  }
}
