package io.evenstep.driver;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.data.DataSpec;
import io.evenstep.driver.data.Pack;
import io.evenstep.model.ConfigException;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.network.Clipping;
import io.evenstep.model.network.Network;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.Shape;
import io.evenstep.model.network.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The network every replica starts from, built once by the driver.
 *
 * @param zip as DL4J saves it
 * @param clipping limits on its gradient, which DL4J's configuration has no place for
 * @param parameters how many floats it has
 */
record StartingNetwork(Bytes zip, Clipping clipping, long parameters) {

  /** Some bytes, so that the record compares by identity and not by accident. */
  record Bytes(byte[] array) {}

  /**
   * Builds the job's network for the pack's rows.
   *
   * @throws ConfigException when model and data do not fit each other
   */
  static StartingNetwork of(JobConfig job, Pack pack) {
    long rows = pack.index().train().rows();
    int batch = job.training().batch();
    if (rows < batch) {
      throw new ConfigException(
          "training.batch", "must be at most the " + rows + " training rows", batch);
    }
    long steps = job.training().epochs() * ((rows + batch - 1) / batch);
    NetworkSpec spec = job.network(steps);
    Encoding encoding = pack.index().encoding();
    if (spec.source() instanceof NetworkSpec.Dl4jZip saved) {
      ModelFiles.encoding(saved.file()).ifPresent(encoding::requireFits);
    }
    Network network =
        Networks.build(
            spec, shapes(encoding.inputs()), shapes(encoding.outputs()), task(job.data().task()));
    return new StartingNetwork(
        new Bytes(zip(network)), spec.clipping(), network.parameters().length());
  }

  private static List<Shape> shapes(List<TensorEncoding> tensors) {
    return tensors.stream()
        .map(tensor -> new Shape(tensor.shape().stream().map(Math::toIntExact).toList()))
        .toList();
  }

  private static Task task(DataSpec.Task task) {
    return switch (task) {
      case CLASSIFICATION -> Task.CLASSIFICATION;
      case REGRESSION -> Task.REGRESSION;
    };
  }

  private static byte[] zip(Network network) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      network.save(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the network to memory", e);
    }
    return bytes.toByteArray();
  }
}
