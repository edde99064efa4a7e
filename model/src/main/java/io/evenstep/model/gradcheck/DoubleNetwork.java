package io.evenstep.model.gradcheck;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.GraphNetwork;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.dl4j.SequentialNetwork;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies of networks and rows in double precision. */
final class DoubleNetwork {
  private DoubleNetwork() {}

  /** A copy with the same parameters, without clipping. */
  static Network of(Network network) {
    Network copy = empty(network);
    copy.parameters().assign(network.parameters().castTo(DataType.DOUBLE));
    return copy;
  }

  private static Network empty(Network network) {
    if (network.model() instanceof ComputationGraph graph) {
      ComputationGraphConfiguration configuration = graph.getConfiguration().clone();
      configuration.setDataType(DataType.DOUBLE);
      configuration.getDefaultConfiguration().setDataType(DataType.DOUBLE);
      configuration.getVertices().values().stream()
          .filter(LayerVertex.class::isInstance)
          .forEach(v -> ((LayerVertex) v).getLayerConf().setDataType(DataType.DOUBLE));
      return GraphNetwork.of(configuration, Clipping.NONE);
    }
    MultiLayerConfiguration configuration =
        ((MultiLayerNetwork) network.model()).getLayerWiseConfigurations().clone();
    configuration.setDataType(DataType.DOUBLE);
    configuration.getConfs().forEach(layer -> layer.setDataType(DataType.DOUBLE));
    return SequentialNetwork.of(configuration, Clipping.NONE);
  }

  /** The same rows; weights of the rows are left out. */
  static MiniBatch of(MiniBatch rows) {
    return new MiniBatch(
        doubles(rows.features()),
        doubles(rows.labels()),
        masks(rows.featureMasks()),
        masks(rows.labelMasks()),
        rows.rows());
  }

  private static List<INDArray> doubles(List<INDArray> arrays) {
    return arrays.stream().map(array -> array.castTo(DataType.DOUBLE)).toList();
  }

  private static List<Optional<INDArray>> masks(List<Optional<INDArray>> masks) {
    return masks.stream().map(mask -> mask.map(m -> m.castTo(DataType.DOUBLE))).toList();
  }
}
