package io.evenstep.model.engine.step.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/** Converts a network's DL4J updater to blocks of the flat vector. */
final class UpdatePlan {
  private UpdatePlan() {}

  static Optional<String> uncovered(BaseMultiLayerUpdater<?> updater) {
    return updater.getUpdaterBlocks().stream()
        .flatMap(block -> block.getLayersAndVariablesInBlock().stream())
        .flatMap(part -> uncovered(part.getLayer().getConfig(), part.getParamName()).stream())
        .findFirst();
  }

  private static Optional<String> uncovered(TrainingConfig layer, String parameter) {
    IUpdater updater = layer.getUpdaterByParam(parameter);
    if (UpdateRules.of(updater).isEmpty()) {
      return Optional.of("the updater " + updater.getClass().getSimpleName());
    }
    GradientNormalization limits = layer.getGradientNormalization();
    if (limits != null
        && limits != GradientNormalization.None
        && limits != GradientNormalization.ClipElementWiseAbsoluteValue) {
      return Optional.of("gradient normalization " + limits);
    }
    if (layer instanceof Layer it
        && it.getConstraints() != null
        && !it.getConstraints().isEmpty()) {
      return Optional.of("constraints on parameters");
    }
    return Penalties.uncovered(penalties(layer, parameter));
  }

  private static List<Regularization> penalties(TrainingConfig layer, String parameter) {
    List<Regularization> penalties = layer.getRegularizationByParam(parameter);
    return penalties == null ? List.of() : penalties;
  }

  static List<UpdateBlock> blocks(BaseMultiLayerUpdater<?> updater) {
    List<UpdateBlock> blocks = new ArrayList<>();
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      long length = block.getParamOffsetEnd() - block.getParamOffsetStart();
      for (UpdaterBlock.ParamState part : block.getLayersAndVariablesInBlock()) {
        TrainingConfig layer = part.getLayer().getConfig();
        IUpdater settings = layer.getUpdaterByParam(part.getParamName());
        blocks.add(
            new UpdateBlock(
                part.getParamOffsetStart(),
                part.getParamOffsetEnd(),
                UpdateRules.of(settings).orElseThrow(),
                block.getUpdaterViewOffsetStart()
                    + part.getParamOffsetStart()
                    - block.getParamOffsetStart(),
                length,
                new Penalties(penalties(layer, part.getParamName()), settings),
                limit(layer),
                !part.getLayer().updaterDivideByMinibatch(part.getParamName())));
      }
    }
    return List.copyOf(blocks);
  }

  private static float limit(TrainingConfig layer) {
    return layer.getGradientNormalization() == GradientNormalization.ClipElementWiseAbsoluteValue
        ? (float) layer.getGradientNormalizationThreshold()
        : Float.POSITIVE_INFINITY;
  }
}
