package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The parts of a zip that DL4J's {@code ModelSerializer} writes. Only these three are read: DL4J's
 * own reader would also deserialize Java objects that a zip may carry, which can run code.
 *
 * @param configuration JSON of the network
 * @param parameters all of them, flat; empty when the network has none
 * @param optimizerState flat; empty when the optimizer has none
 */
record ModelZip(
    String configuration, Optional<INDArray> parameters, Optional<INDArray> optimizerState) {
  private static final String CONFIGURATION = "configuration.json";
  private static final String PARAMETERS = "coefficients.bin";
  private static final String OPTIMIZER_STATE = "updaterState.bin";
  private static final Set<String> READ = Set.of(CONFIGURATION, PARAMETERS, OPTIMIZER_STATE);

  /**
   * @throws ConfigException when it is no DL4J zip
   * @throws IOException when {@code in} fails
   */
  static ModelZip read(InputStream in) throws IOException {
    Map<String, byte[]> parts = parts(in);
    byte[] configuration = parts.get(CONFIGURATION);
    if (configuration == null) {
      throw new ConfigException(
          "Cannot restore the network: no DL4J zip, " + CONFIGURATION + " is missing");
    }
    return new ModelZip(
        new String(configuration, StandardCharsets.UTF_8),
        array(Optional.ofNullable(parts.get(PARAMETERS))),
        array(Optional.ofNullable(parts.get(OPTIMIZER_STATE))));
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

  /** Copies the parameters alone, for a network with another optimizer. */
  void fillParameters(Network network) {
    copy(parameters.orElse(Nd4j.empty(DataType.FLOAT)), network.parameters(), "parameters");
  }

  private static void copy(INDArray saved, INDArray to, String what) {
    if (saved.length() != to.length()) {
      throw new ConfigException(
          "Cannot restore the network: its configuration has %d %s, the zip %d"
              .formatted(to.length(), what, saved.length()));
    }
    if (!to.isEmpty()) {
      to.assign(saved.castTo(DataType.FLOAT).reshape(to.length()));
    }
  }

  private static Map<String, byte[]> parts(InputStream in) throws IOException {
    Map<String, byte[]> parts = new HashMap<>();
    ZipInputStream zip = new ZipInputStream(in);
    try {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        if (READ.contains(e.getName())) {
          parts.put(e.getName(), zip.readAllBytes());
        }
      }
    } catch (ZipException e) {
      throw new ConfigException("Cannot restore the network: damaged zip, " + e.getMessage(), e);
    }
    return parts;
  }

  private static Optional<INDArray> array(Optional<byte[]> bytes) {
    return bytes.map(content -> Nd4j.read(new DataInputStream(new ByteArrayInputStream(content))));
  }
}
