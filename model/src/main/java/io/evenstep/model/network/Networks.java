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

/**
 * Builds and restores every {@link Network}. Chooses the native libraries first, if nothing has
 * yet.
 */
public final class Networks {
  private static final String ZIP = "model.zip";

  static {
    NativeRuntime.prepare();
  }

  private Networks() {}

  /**
   * Builds the network of a job.
   *
   * @param data the shape of one row
   * @throws ConfigException with every problem of {@code spec}, or with both shapes when the
   *     model's and the data's differ
   */
  public static Network build(NetworkSpec spec, DataShape data) {
    return NetworkBuilder.build(spec, data);
  }

  /**
   * How many numbers each output of a network has for a row. Fewer than the data's if the network
   * distinguishes two classes by one probability.
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
   * @param allowed the classes that its configuration may name
   * @throws ConfigException when it is not such a zip, names a class that is not allowed, or holds
   *     a network that cannot be trained here
   */
  public static Network restore(byte[] zip, Clipping clipping, AllowedTypes allowed) {
    return restore(zip, allowed, blueprint -> blueprint.create(clipping));
  }

  /**
   * Like {@link #restore}, but also allows truncated backpropagation through time. Such a network
   * must be given the segments of its sequences in order.
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
   * Reads the network's file, if it has one, without making the network, so that a file that cannot
   * be read is reported before the data are read.
   *
   * @throws ConfigException as in {@link #build}, except for errors that depend on the data
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
   * Reads a configuration without making a network.
   *
   * @param json as DL4J writes it
   * @param file its name in messages
   * @throws ConfigException as in {@link #restore}, except for the parameters
   */
  public static void check(String json, AllowedTypes allowed, String file) {
    Blueprint unused = Blueprint.parse(json, allowed, file);
  }

  /**
   * Looks at the configuration in such a zip, without making a network.
   *
   * @param sequence looks at a list of layers
   * @param graph looks at a graph
   * @throws ConfigException as in {@link #restore}, except for the parameters
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
   * Restores such a zip and sends one row of zeros through it, to check that it can score the
   * data's rows.
   *
   * @param file the zip's name in messages
   * @param data the shape of one row
   * @throws ConfigException as in {@link #restore}, or when its inputs or outputs do not fit the
   *     data
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
