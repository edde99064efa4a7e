package io.evenstep.model.engine.step;

import io.evenstep.model.engine.step.kernel.KernelSpace;
import io.evenstep.model.engine.step.layer.LayerCompilers;
import io.evenstep.model.engine.step.layer.Preprocessors;
import io.evenstep.model.engine.step.layer.site.Mask;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.loss.LossTerm;
import io.evenstep.model.engine.step.loss.Target;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Binding;
import io.evenstep.model.engine.step.op.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;

/** Compiles DL4J's lists of layers. */
final class SequenceCompiler {
  private final MultiLayerConfiguration network;
  private final ShardShape shape;
  private final Assembly assembly;
  private final ShardPlaces places;
  private final List<LossTerm> losses = new ArrayList<>();

  SequenceCompiler(MultiLayerConfiguration network, ShardShape shape, Assembly assembly) {
    this.network = network;
    this.shape = shape;
    this.assembly = assembly;
    this.places = new ShardPlaces(shape);
  }

  static Optional<String> uncovered(MultiLayerConfiguration network) {
    return SegmentCoverage.uncovered(
            network.getBackpropType(), network.getTbpttFwdLength(), network.getTbpttBackLength())
        .or(
            () ->
                IntStream.range(0, network.getConfs().size())
                    .boxed()
                    .flatMap(i -> uncovered(network, i))
                    .findFirst());
  }

  private static Stream<String> uncovered(MultiLayerConfiguration network, int i) {
    String name = "layer " + i;
    Layer layer = network.getConf(i).getLayer();
    return Stream.of(
            Optional.ofNullable(network.getInputPreProcess(i))
                .flatMap(between -> Preprocessors.uncovered(name, between)),
            LayerCompilers.uncovered(name, layer),
            SegmentCoverage.uncovered(network.getBackpropType(), name, layer))
        .flatMap(Optional::stream);
  }

  /** Why sequences of unequal lengths cannot be computed; empty when they can. */
  static Optional<String> uncoveredMasks(MultiLayerConfiguration network) {
    Optional<Mask> mask = Optional.of(new Mask(new Binding(), true));
    for (int i = 0; i < network.getConfs().size() && mask.isPresent(); i++) {
      Layer layer = network.getConf(i).getLayer();
      Optional<String> reason = LayerCompilers.uncovered("layer " + i, layer, mask.get());
      if (reason.isPresent()) {
        return reason;
      }
      mask = LayerCompilers.behind(layer, mask.get());
    }
    return Optional.empty();
  }

  StepProgram compile(KernelSpace space) {
    long[] dims = shape.features().get(0).stream().mapToLong(it -> it).toArray();
    Value input = assembly.input(places.features(0), dims);
    Value flowing = input;
    Optional<Mask> mask = places.featureMask(0).map(steps -> new Mask(steps, true));
    long offset = 0;
    for (int i = 0; i < network.getConfs().size(); i++) {
      NeuralNetConfiguration layer = network.getConf(i);
      Value in = shaped(i, flowing);
      boolean isLast = i == network.getConfs().size() - 1;
      Optional<Target> target = isLast ? places.target(0) : Optional.empty();
      Site site = new Site(assembly, offset, target, losses, mask, shape.hasLabels());
      flowing = LayerCompilers.compile(layer.getLayer(), in, site);
      mask = mask.flatMap(it -> LayerCompilers.behind(layer.getLayer(), it, in, assembly));
      offset += layer.getLayer().initializer().numParams(layer);
    }
    Value output = assembly.plain(flowing);
    space.seal();
    return new StepProgram(space, assembly, places, List.of(input), List.of(output), losses);
  }

  private Value shaped(int layer, Value in) {
    var between = network.getInputPreProcess(layer);
    return between == null ? in : Preprocessors.apply(between, in, assembly, shape.rows());
  }
}
