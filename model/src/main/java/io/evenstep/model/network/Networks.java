package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import io.evenstep.model.NativeRuntime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    try {
      ModelZip parts = ModelZip.read(() -> new ByteArrayInputStream(zip), allowed, ZIP);
      Network network = creation.apply(parts.blueprint());
      parts.fill(network);
      return network;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot restore a network from memory", e);
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
    try {
      Blueprint blueprint = ModelZip.blueprint(() -> new ByteArrayInputStream(zip), allowed, ZIP);
      return blueprint instanceof Blueprint.Sequence layers
          ? sequence.apply(layers.configuration())
          : graph.apply(((Blueprint.Graph) blueprint).configuration());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read a network from memory", e);
    }
  }

  /**
   * Reads the configuration in such a zip, and makes no network of it.
   *
   * @param file what to call the zip in messages
   * @throws ConfigException as {@link #restore} does, but for the parameters
   */
  public static void check(byte[] zip, AllowedTypes allowed, String file) {
    try {
      ModelZip.blueprint(() -> new ByteArrayInputStream(zip), allowed, file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read a network from memory", e);
    }
  }
}
