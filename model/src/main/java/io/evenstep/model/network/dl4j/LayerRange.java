package io.evenstep.model.network.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;

/**
 * The part of the flat parameter vector that a layer learns.
 *
 * @param name DL4J's number or name of the layer
 * @param from index of the first float
 * @param to index after the last float
 */
public record LayerRange(String name, long from, long to) {
  /** The layers of a network that have parameters, in the vector's order. */
  public static List<LayerRange> of(BaseMultiLayerUpdater<?> updater) {
    List<LayerRange> ranges = new ArrayList<>();
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      for (UpdaterBlock.ParamState part : block.getLayersAndVariablesInBlock()) {
        String name = name(updater, part.getLayer());
        int last = ranges.size() - 1;
        long from = part.getParamOffsetStart();
        if (last >= 0 && ranges.get(last).name.equals(name)) {
          from = ranges.remove(last).from;
        }
        ranges.add(new LayerRange(name, from, part.getParamOffsetEnd()));
      }
    }
    return List.copyOf(ranges);
  }

  /**
   * The parts of the vector that are batch statistics, which are averaged and not learned, in
   * order.
   */
  public static List<LayerRange> statistics(BaseMultiLayerUpdater<?> updater) {
    List<LayerRange> ranges = new ArrayList<>();
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      for (UpdaterBlock.ParamState part : block.getLayersAndVariablesInBlock()) {
        if (!part.getLayer().updaterDivideByMinibatch(part.getParamName())) {
          String name = name(updater, part.getLayer());
          ranges.add(new LayerRange(name, part.getParamOffsetStart(), part.getParamOffsetEnd()));
        }
      }
    }
    return List.copyOf(ranges);
  }

  private static String name(BaseMultiLayerUpdater<?> updater, Trainable layer) {
    return updater.getLayersByName().entrySet().stream()
        .filter(named -> named.getValue() == layer)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }
}
