package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import io.evenstep.model.network.trust.AllowedTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.hdf5.DataSet;
import org.bytedeco.hdf5.Group;
import org.bytedeco.javacpp.PointerScope;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.modelimport.keras.Hdf5Archive;
import org.deeplearning4j.nn.modelimport.keras.KerasModel;
import org.deeplearning4j.nn.modelimport.keras.KerasSequentialModel;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.utils.KerasModelBuilder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Keras networks in HDF5, with DL4J's importer. Adds what the importer leaves out: a loss on each
 * output, and the conversion of our channels-first images for channels-last convolutions.
 */
final class KerasImport {
  private static final Pattern CODE =
      Pattern.compile("\"class_name\"\\s*:\\s*\"(Lambda|TFOpLambda|TensorFlowOpLayer)\"");

  private final Path file;
  private final NetworkSpec spec;
  private final List<DataShape.Output> outputs;

  private KerasImport(Path file, NetworkSpec spec, List<DataShape.Output> outputs) {
    this.file = file;
    this.spec = spec;
    this.outputs = outputs;
  }

  /**
   * @param outputs of the data, in the network's order
   * @return configuration and weights as DL4J would save them, ready to train
   * @throws ConfigException when the file cannot be read, has something that DL4J does not support,
   *     or has layers that contain code
   */
  static ModelZip read(Path file, NetworkSpec spec, List<DataShape.Output> outputs) {
    return tried(file, () -> new KerasImport(file, spec, outputs).read());
  }

  /**
   * Checks that the file can be read.
   *
   * @throws ConfigException as in {@link #read}, except for errors that depend on the data
   */
  static void check(Path file, NetworkSpec spec) {
    KerasImport keras = new KerasImport(file, spec, List.of());
    tried(file, () -> keras.isSequential() ? keras.sequential() : keras.functional());
  }

  /**
   * HDF5's library allows one thread at a time. The scope keeps files, groups and data sets until
   * everything is read and frees them in this thread. Otherwise JavaCPP would free them at some
   * garbage collection.
   */
  private static <T> T tried(Path file, ImportFailure.Work<T> work) {
    String failed = "Cannot read the Keras network " + file;
    return ImportFailure.tried(
        failed,
        () -> {
          requireHdf5(file);
          org.bytedeco.hdf5.Exception.dontPrint(); // it would print pages to stderr
          try (PointerScope handles = new PointerScope(Group.class, DataSet.class)) {
            return work.done();
          }
        });
  }

  /** HDF5's library would print a page of errors for a file of another format. */
  private static void requireHdf5(Path file) throws IOException {
    byte[] signature = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    try (InputStream in = Files.newInputStream(file)) {
      if (!Arrays.equals(in.readNBytes(signature.length), signature)) {
        throw new IOException(
            "not an HDF5 file; in Keras 3, save one with model.save(\"network.h5\"), not with"
                + " .keras");
      }
    }
  }

  private ModelZip read()
      throws IOException,
          InvalidKerasConfigurationException,
          UnsupportedKerasConfigurationException {
    return isSequential() ? readSequential() : readFunctional();
  }

  /** Distinguishes Keras's two kinds of model; refuses layers that contain code. */
  private boolean isSequential() throws UnsupportedKerasConfigurationException {
    String layers = layers();
    Matcher code = CODE.matcher(layers);
    if (code.find()) {
      throw refused("must not have " + code.group(1) + " layers, because they contain code");
    }
    return layers.contains("\"Sequential\"");
  }

  private ConfigException refused(String why) {
    return new ConfigException("Cannot read the Keras network " + file + ": " + why);
  }

  /** The layers as JSON. */
  private String layers() throws UnsupportedKerasConfigurationException {
    try (Hdf5Archive archive = new Hdf5Archive(file.toString())) {
      return archive.readAttributeAsJson("model_config");
    }
  }

  private KerasModelBuilder builder()
      throws IOException,
          InvalidKerasConfigurationException,
          UnsupportedKerasConfigurationException {
    return new KerasModel()
        .modelBuilder()
        .modelHdf5Filename(file.toString())
        .enforceTrainingConfig(false);
  }

  /**
   * Checks the memory first: the importer would make a network of any size that the file asks for.
   */
  private MultiLayerNetwork sequential()
      throws IOException,
          InvalidKerasConfigurationException,
          UnsupportedKerasConfigurationException {
    KerasSequentialModel model = builder().buildSequential();
    Blueprint.of(model.getMultiLayerConfiguration()).requireMemory(List.of());
    MultiLayerNetwork read = model.getMultiLayerNetwork();
    requireFinite(read.params());
    return read;
  }

  private ComputationGraph functional()
      throws IOException,
          InvalidKerasConfigurationException,
          UnsupportedKerasConfigurationException {
    KerasModel model = builder().buildModel();
    Blueprint.of(model.getComputationGraphConfiguration()).requireMemory(List.of());
    ComputationGraph read = model.getComputationGraph();
    requireFinite(read.params());
    return read;
  }

  private void requireFinite(INDArray weights) {
    if (!Float.isFinite(weights.sumNumber().floatValue())) {
      throw refused("its weights include a number that is not finite");
    }
  }

  private ModelZip readSequential()
      throws IOException,
          InvalidKerasConfigurationException,
          UnsupportedKerasConfigurationException {
    MultiLayerNetwork read = sequential();
    MultiLayerConfiguration configuration = read.getLayerWiseConfigurations();
    int last = configuration.getConfs().size() - 1;
    configuration
        .getConf(last)
        .setLayer(OutputLayers.on(configuration.getConf(last).getLayer(), spec.loss(), task(0)));
    if (ChannelsLast.wantedBy(configuration.getConf(0).getLayer())
        && configuration.getInputPreProcess(0) == null) {
      configuration.getInputPreProcessors().put(0, new ChannelsLast());
    }
    return new ModelZip(
        blueprint(configuration.toJson()), Optional.of(read.params()), Optional.empty());
  }

  private ModelZip readFunctional()
      throws IOException,
          InvalidKerasConfigurationException,
          UnsupportedKerasConfigurationException {
    ComputationGraph read = functional();
    ComputationGraphConfiguration configuration = read.getConfiguration();
    for (Map.Entry<String, GraphVertex> entry : configuration.getVertices().entrySet()) {
      if (entry.getValue() instanceof LayerVertex vertex) {
        adapt(entry.getKey(), vertex, configuration);
      } else if (configuration.getNetworkOutputs().contains(entry.getKey())) {
        throw refused("the output " + entry.getKey() + " must be a layer");
      }
    }
    return new ModelZip(
        blueprint(configuration.toJson()), Optional.of(read.params()), Optional.empty());
  }

  /** The loss of an output. A later check compares the number of outputs with the data's. */
  private Task task(int output) {
    return outputs.get(Math.min(output, outputs.size() - 1)).task();
  }

  /** Reads the configuration back, as workers do with the one they receive. */
  private Blueprint blueprint(String json) {
    return Blueprint.parse(json, AllowedTypes.BUILT_IN, file.toString());
  }

  private void adapt(String name, LayerVertex vertex, ComputationGraphConfiguration configuration) {
    int output = configuration.getNetworkOutputs().indexOf(name);
    if (output >= 0) {
      vertex
          .getLayerConf()
          .setLayer(OutputLayers.on(vertex.getLayerConf().getLayer(), spec.loss(), task(output)));
    }
    boolean first =
        configuration.getVertexInputs().getOrDefault(name, List.of()).stream()
            .anyMatch(configuration.getNetworkInputs()::contains);
    if (first
        && vertex.getPreProcessor() == null
        && ChannelsLast.wantedBy(vertex.getLayerConf().getLayer())) {
      vertex.setPreProcessor(new ChannelsLast());
    }
  }
}
