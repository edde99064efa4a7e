package io.evenstep.driver.plot.run;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.run.ModelFiles;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.driver.stage.ShippedModel;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.worker.evaluation.Judging;
import io.evenstep.worker.evaluation.OutputEvaluator.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The network of a finished run, layer by layer. */
final class SavedNetwork {
  private final Network network;
  private final Encoding encoding;

  private SavedNetwork(Network network, Encoding encoding) {
    this.network = network;
    this.encoding = encoding;
  }

  /**
   * Reads the run's {@code model.zip}.
   *
   * @throws io.evenstep.model.ConfigException when there is none
   */
  static SavedNetwork read(RunFolder run, JobConfig job) {
    ShippedModel model =
        ModelFiles.read(run, Judging.of(Loss.OF_TASK), EngineChoice.DL4J, job.allowedTypes());
    return new SavedNetwork(
        Networks.restore(model.zip(), Clipping.NONE, job.allowedTypes()), model.encoding());
  }

  Encoding encoding() {
    return encoding;
  }

  /** Computes the first output for rows of the only input, [rows, ...]. */
  INDArray output(INDArray rows) {
    MiniBatch batch =
        new MiniBatch(List.of(rows), List.of(), List.of(), List.of(), (int) rows.size(0));
    return network.predict(batch).get(0);
  }

  /** All layers, in the order of the forward pass. */
  List<Layer> layers() {
    Model model = network.model();
    if (model instanceof MultiLayerNetwork sequence) {
      return List.of(sequence.getLayers());
    }
    return List.of(((ComputationGraph) model).getLayers());
  }

  /**
   * Computes the output of each layer for rows of the only input, in the order of {@link #layers}.
   */
  List<INDArray> activations(INDArray rows) {
    Model model = network.model();
    if (model instanceof MultiLayerNetwork sequence) {
      List<INDArray> all = sequence.feedForward(rows, false);
      return all.subList(1, all.size()); // the first is the input
    }
    var all = ((ComputationGraph) model).feedForward(rows, false);
    List<INDArray> inOrder = new ArrayList<>();
    for (Layer layer : layers()) {
      inOrder.add(all.get(layer.conf().getLayer().getLayerName()));
    }
    return inOrder;
  }

  /**
   * Computes what each layer reads, for rows of the only input, in the order of {@link #layers}.
   */
  List<INDArray> inputs(INDArray rows) {
    Model model = network.model();
    if (model instanceof MultiLayerNetwork sequence) {
      return sequence.feedForward(rows, false).subList(0, sequence.getnLayers());
    }
    ComputationGraph graph = (ComputationGraph) model;
    var all = graph.feedForward(rows, false);
    List<INDArray> inOrder = new ArrayList<>();
    for (Layer layer : layers()) {
      String name = layer.conf().getLayer().getLayerName();
      List<String> before =
          Objects.requireNonNull(graph.getConfiguration().getVertexInputs().get(name));
      inOrder.add(Objects.requireNonNull(all.get(before.get(0))));
    }
    return inOrder;
  }

  /** Whether a layer is a convolution over images. */
  static boolean isConvolution(Layer layer) {
    return layer.conf().getLayer() instanceof ConvolutionLayer;
  }

  /** Images as [rows, channels, height, width], DL4J's default order, but not its only one. */
  static INDArray channelsFirst(Layer layer, INDArray images) {
    boolean last =
        layer.conf().getLayer() instanceof ConvolutionLayer convolution
            && convolution.getCnn2dDataFormat() == CNN2DFormat.NHWC;
    return last ? images.permute(0, 3, 1, 2) : images;
  }

  /** A row of the first input as an image; see {@link InputImage}. */
  List<Integer> image() {
    return InputImage.of(encoding.inputs().get(0));
  }
}
