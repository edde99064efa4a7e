package io.evenstep.driver.dl4j;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.core.util.ModelGuesser;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.IUpdater;

/** A saved network of either DL4J kind, with a new optimizer. */
record RestoredNet(Model model) {
  static RestoredNet read(Path zip, IUpdater updater) throws IOException {
    FineTuneConfiguration optimizer = new FineTuneConfiguration.Builder().updater(updater).build();
    try {
      Model saved = ModelGuesser.loadModelGuess(zip.toString());
      layers(saved).forEach(layer -> wrapped(layer, updater));
      return new RestoredNet(
          saved instanceof MultiLayerNetwork net
              ? new TransferLearning.Builder(net).fineTuneConfiguration(optimizer).build()
              : new TransferLearning.GraphBuilder((ComputationGraph) saved)
                  .fineTuneConfiguration(optimizer)
                  .build());
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) { // ModelGuesser declares no less
      throw new IOException("Cannot read a network from " + zip, e);
    }
  }

  private static Stream<Layer> layers(Model saved) {
    return saved instanceof MultiLayerNetwork net
        ? net.getLayerWiseConfigurations().getConfs().stream().map(NeuralNetConfiguration::getLayer)
        : ((ComputationGraph) saved)
            .getConfiguration().getVertices().values().stream()
                .filter(LayerVertex.class::isInstance)
                .map(vertex -> ((LayerVertex) vertex).getLayerConf().getLayer());
  }

  /** DL4J's fine-tuning does not give nested layers a new optimizer. */
  private static void wrapped(Layer layer, IUpdater updater) {
    if (layer instanceof BaseWrapperLayer wrapper
        && wrapper.getUnderlying() instanceof BaseLayer within) {
      within.setIUpdater(updater.clone());
    }
  }

  /** Takes a step for each batch. */
  void fit(List<DataSet> batches) {
    ListDataSetIterator<DataSet> rows =
        new ListDataSetIterator<>(batches, batches.get(0).numExamples());
    if (model instanceof MultiLayerNetwork net) {
      net.fit(rows);
    } else {
      ((ComputationGraph) model).fit(rows);
    }
  }

  /** The loss of the last batch before its step. */
  double score() {
    return model.score();
  }

  /** Trains through DL4J's own training master, which averages at a given interval of steps. */
  void average(SparkSession session, List<DataSet> batches, int workers, int every) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    JavaRDD<DataSet> rows = spark.parallelize(batches, workers);
    int rowsOfOne = batches.get(0).numExamples();
    TrainingMaster<?, ?> master =
        new ParameterAveragingTrainingMaster.Builder(workers, rowsOfOne)
            .batchSizePerWorker(rowsOfOne)
            .averagingFrequency(every)
            .build();
    if (model instanceof MultiLayerNetwork net) {
      new SparkDl4jMultiLayer(spark, net, master).fit(rows);
    } else {
      new SparkComputationGraph(spark, (ComputationGraph) model, master).fit(rows);
    }
  }

  /**
   * Writes the parameters one after the other, each in row-major order, as little-endian floats.
   *
   * @return name and shape of each, in the file's order
   */
  List<Map<String, Object>> export(Path file) throws IOException {
    List<Map<String, Object>> written = new ArrayList<>();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, INDArray> entry : model.paramTable().entrySet()) {
        INDArray parameter = entry.getValue().dup('c');
        ByteBuffer bytes =
            ByteBuffer.allocate((int) parameter.length() * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(parameter.data().asFloat());
        out.write(bytes.array());
        written.add(Map.of("name", entry.getKey(), "shape", parameter.shape()));
      }
    }
    return written;
  }
}
