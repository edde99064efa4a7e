package io.evenstep.driver.cli;

import static io.evenstep.driver.Dl4jLayers.dense;
import static io.evenstep.driver.Dl4jLayers.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Adam;

/** Saved networks, as DL4J users have them on disk. */
final class Saved {
  private Saved() {}

  /** A configuration of two dense layers. */
  static void json(Path file, int inputs, int classes) {
    write(file, configuration(inputs, classes).toJson());
  }

  /** The same, with weights and the state of its optimizer. */
  static void zip(Path file, int inputs, int classes) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration(inputs, classes));
    network.init();
    try {
      network.save(file.toFile(), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A graph with two paths from its input to its output. */
  static void graph(Path file, int inputs, int classes) {
    ComputationGraphConfiguration graph =
        new NeuralNetConfiguration.Builder()
            .seed(5)
            .updater(new Adam(0.01))
            .graphBuilder()
            .addInputs("in")
            .addLayer("left", dense(inputs, 4), "in")
            .addLayer("right", dense(inputs, 3), "in")
            .addVertex("both", new MergeVertex(), "left", "right")
            .addLayer("out", output(7, classes), "both")
            .setOutputs("out")
            .build();
    write(file, graph.toJson());
  }

  private static MultiLayerConfiguration configuration(int inputs, int classes) {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .updater(new Adam(0.01))
        .list(dense(inputs, 6), output(6, classes))
        .build();
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
