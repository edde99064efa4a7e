package io.evenstep.model.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Makes the parameters of an {@link OwnLayer} as views of the flat vector. */
final class BlockInitializer implements ParamInitializer {
  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return blocks(layer).stream().mapToLong(ParameterBlock::length).sum();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return keys(layer, block -> true);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return keys(layer, block -> block.start() == ParameterBlock.Start.WEIGHTS);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return keys(layer, block -> block.start() != ParameterBlock.Start.WEIGHTS);
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return weightKeys(layer).contains(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return biasKeys(layer).contains(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray flat, boolean initializeParams) {
    Map<String, INDArray> views = views(conf.getLayer(), flat);
    for (ParameterBlock block : blocks(conf.getLayer())) {
      conf.addVariable(block.key());
      if (initializeParams) {
        fill(
            ((BaseLayer) conf.getLayer()).getWeightInitFn(),
            block,
            NamedArrays.of(views, block.key()));
      }
    }
    return views;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray flat) {
    return views(conf.getLayer(), flat);
  }

  /** What DL4J reports about a layer's memory. */
  static LayerMemoryReport memory(FeedForwardLayer layer, InputType rows) {
    long parameters = layer.initializer().numParams(layer);
    InputType out = layer.getOutputType(-1, rows);
    return new LayerMemoryReport.Builder(layer.getLayerName(), layer.getClass(), rows, out)
        .standardMemory(parameters, layer.getIUpdater().stateSize(parameters))
        .workingMemory(0, 0, 0, out.arrayElementsPerExample())
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  private static void fill(IWeightInit weightInit, ParameterBlock block, INDArray view) {
    switch (block.start()) {
      case WEIGHTS, POINTS -> {
        long[] shape = block.shape().stream().mapToLong(it -> it).toArray();
        INDArray line = view.reshape('f', 1, block.length());
        weightInit.init(shape[0], (double) shape[1] / block.parts(), shape, 'f', line);
      }
      case ONE -> view.assign(1);
      default -> view.assign(0);
    }
  }

  private static Map<String, INDArray> views(Layer layer, INDArray flat) {
    Map<String, INDArray> views = new LinkedHashMap<>();
    if (blocks(layer).isEmpty()) {
      return views; // DL4J then gives no flat vector
    }
    INDArray line = flat.reshape(flat.length());
    long from = 0;
    for (ParameterBlock block : blocks(layer)) {
      long to = from + block.length();
      views.put(
          block.key(),
          line.get(NDArrayIndex.interval(from, to))
              .reshape('f', block.shape().get(0), block.shape().get(1)));
      from = to;
    }
    return views;
  }

  private static List<String> keys(Layer layer, Predicate<ParameterBlock> which) {
    return blocks(layer).stream().filter(which).map(ParameterBlock::key).toList();
  }

  private static List<ParameterBlock> blocks(Layer layer) {
    return ((OwnLayer) layer).blocks();
  }
}
