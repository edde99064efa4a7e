package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import io.evenstep.model.NativeRuntime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Every way to a {@link Network}. Chooses the native libraries first, if nobody did. */
public final class Networks {
  static {
    NativeRuntime.prepare();
  }

  private Networks() {}

  /**
   * Builds the network of a job.
   *
   * @param inputs shape of one row of each input, as the data have it
   * @param outputs shape of one row of each output's labels
   * @throws ConfigException with every problem of {@code spec}, or with both shapes where the
   *     model's and the data's differ
   */
  public static Network build(
      NetworkSpec spec, List<Shape> inputs, List<Shape> outputs, Task task) {
    return NetworkBuilder.build(spec, inputs, outputs, task);
  }

  /**
   * Restores a network from a zip that {@link Network#save} or DL4J's {@code ModelSerializer}
   * wrote. The caller closes {@code in}.
   *
   * @throws ConfigException when it is no such zip, or holds a network that cannot be trained here
   * @throws IOException when {@code in} fails
   */
  public static Network restore(InputStream in, Clipping clipping) throws IOException {
    ModelZip zip = ModelZip.read(in);
    Network network = Blueprint.parse(zip.configuration()).create(clipping);
    zip.fill(network);
    return network;
  }

  /** Restores a network from the bytes of such a zip. */
  public static Network restore(byte[] zip, Clipping clipping) {
    try {
      return restore(new ByteArrayInputStream(zip), clipping);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot restore a network from memory", e);
    }
  }
}
