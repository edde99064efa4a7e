package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import io.evenstep.model.NativeRuntime;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.trust.AllowedTypes;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/** Every way to a {@link Network}. Chooses the native libraries first, if nobody did. */
public final class Networks {
  private static final String ZIP = "model.zip";

  static {
    NativeRuntime.prepare();
  }

  private Networks() {}

  /**
   * Builds the network of a job.
   *
   * @param data what one row looks like
   * @throws ConfigException with every problem of {@code spec}, or with both shapes where the
   *     model's and the data's differ
   */
  public static Network build(NetworkSpec spec, DataShape data) {
    return NetworkBuilder.build(spec, data);
  }

  /**
   * Numbers that each output of a network has for a row; fewer than the data's where it tells two
   * classes apart by one probability.
   *
   * @param data that the network fits
   */
  public static List<Integer> outputWidths(Network network, DataShape data) {
    return network.predict(ShapeCheck.row(data.inputShapes(), data.outputShapes())).stream()
        .map(output -> Math.toIntExact(output.length()))
        .toList();
  }

  /**
   * Restores a network from a zip that {@link Network#save} or DL4J's {@code ModelSerializer}
   * wrote.
   *
   * @param allowed the classes its configuration may name
   * @throws ConfigException when it is no such zip, names a class that is not allowed, or holds a
   *     network that cannot be trained here
   */
  public static Network restore(byte[] zip, Clipping clipping, AllowedTypes allowed) {
    return restore(zip, allowed, blueprint -> blueprint.create(clipping));
  }

  /**
   * Restores a network as {@link #restore} does, and takes one that learns by truncated
   * backpropagation through time: it must be given the segments of its sequences in order.
   */
  public static Network restoreForSegments(byte[] zip, Clipping clipping, AllowedTypes allowed) {
    return restore(zip, allowed, blueprint -> blueprint.createAsItIs(clipping));
  }

  private static Network restore(
      byte[] zip, AllowedTypes allowed, Function<Blueprint, Network> creation) {
    return ImportFailure.tried(
        "Cannot restore the network from " + ZIP,
        () -> {
          ModelZip parts = ModelZip.read(() -> new ByteArrayInputStream(zip), allowed, ZIP);
          Network network = creation.apply(parts.blueprint());
          parts.fill(network);
          return network;
        });
  }

  /**
   * Reads the file that a network is in, if it is in one, and makes no network of it: a file that
   * cannot be read is known before the data are.
   *
   * @throws ConfigException as {@link #build} does, but for what depends on the data
   */
  public static void check(NetworkSpec spec) {
    if (spec.source() instanceof NetworkSpec.Dl4jJson json) {
      Imports.json(json.file(), json.allowed()).requireMemory(List.of());
    } else if (spec.source() instanceof NetworkSpec.Dl4jZip zip) {
      Imports.zip(zip.file(), zip.allowed()).blueprint().requireMemory(List.of());
    } else if (spec.source() instanceof NetworkSpec.KerasH5 keras) {
      KerasImport.check(keras.file(), spec);
    }
  }

  /**
   * Reads a configuration, and makes no network of it.
   *
   * @param json as DL4J writes it
   * @param file what to call it in messages
   * @throws ConfigException as {@link #restore} does, but for the parameters
   */
  public static void check(String json, AllowedTypes allowed, String file) {
    Blueprint unused = Blueprint.parse(json, allowed, file);
  }

  /**
   * Looks at the configuration in such a zip, and makes no network of it.
   *
   * @param sequence looks at layers in a row
   * @param graph looks at a graph
   * @throws ConfigException as {@link #restore} does, but for the parameters
   */
  public static <T> T look(
      byte[] zip,
      AllowedTypes allowed,
      Function<MultiLayerConfiguration, T> sequence,
      Function<ComputationGraphConfiguration, T> graph) {
    return ImportFailure.tried(
        "Cannot restore the network from " + ZIP,
        () -> {
          Blueprint blueprint =
              ModelZip.blueprint(() -> new ByteArrayInputStream(zip), allowed, ZIP);
          return blueprint instanceof Blueprint.Sequence layers
              ? sequence.apply(layers.configuration())
              : graph.apply(((Blueprint.Graph) blueprint).configuration());
        });
  }

  /**
   * Restores such a zip and sends one row of zeros through it, to know that its rows can be scored.
   *
   * @param file what to call the zip in messages
   * @param data what one row looks like
   * @throws ConfigException as {@link #restore} does, or when it takes or gives other rows
   */
  public static void check(byte[] zip, AllowedTypes allowed, String file, DataShape data) {
    ImportFailure.tried(
        "Cannot restore the network from " + file,
        () -> {
          ModelZip parts = ModelZip.read(() -> new ByteArrayInputStream(zip), allowed, file);
          parts.blueprint().requireMemory(data.inputShapes());
          Network network = parts.blueprint().create(Clipping.NONE);
          parts.fillParameters(network);
          List<InputShapes> inputs = parts.blueprint().inputs();
          ShapeCheck.require(network, inputs, data);
          return network;
        });
  }
}
