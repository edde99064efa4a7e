package io.evenstep.model.engine.step;

import io.evenstep.model.ConfigException;
import io.evenstep.model.NativeRuntime;
import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.Engine;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Objective;
import io.evenstep.model.engine.Objective.Manner;
import io.evenstep.model.engine.Precision;
import io.evenstep.model.engine.Scorer;
import io.evenstep.model.engine.step.kernel.OneDnn;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.dl4j.Network;
import java.util.List;
import java.util.Optional;

/** Computes with programs compiled from DL4J's configuration. */
public final class StepEngine implements Engine {
  @Override
  public String name() {
    return "step";
  }

  @Override
  public Optional<String> objection(Artifact artifact, Objective objective) {
    if (NativeRuntime.hasCuda()) {
      return Optional.of("this build trains on GPUs");
    }
    return Networks.look(
        artifact.zip(),
        artifact.allowed(),
        layers ->
            StepCompiler.uncovered(layers)
                .or(() -> StepCompiler.uncovered(layers, objective.masked())),
        graph ->
            StepCompiler.uncovered(graph)
                .or(() -> StepCompiler.uncovered(graph, objective.masked())));
  }

  @Override
  public boolean rounds() {
    return true;
  }

  @Override
  public List<String> unrounded(Artifact artifact) {
    return Networks.look(
        artifact.zip(), artifact.allowed(), StepCompiler::unrounded, StepCompiler::unrounded);
  }

  @Override
  public boolean isShareable() {
    return true;
  }

  /**
   * @throws ConfigException when it asks for products of bfloat16, for which this processor has no
   *     instructions
   */
  @Override
  public boolean attacks(Artifact artifact) {
    return true;
  }

  @Override
  public Learner open(Artifact artifact, Objective objective) {
    Precision precision = objective.precision();
    if (precision == Precision.BFLOAT16 && OneDnn.bfloat16Description().isEmpty()) {
      throw new ConfigException(
          Precision.KEY,
          "must be float32 or bfloat16-emulated on a processor without instructions for bfloat16"
              + " (avx512_bf16 in /proc/cpuinfo), or with native libraries limited to others ("
              + OneDnn.description()
              + ")",
          precision.spelling());
    }
    Network network =
        objective.manner() == Manner.FIT
            ? Networks.restoreForSegments(artifact.zip(), objective.clipping(), artifact.allowed())
            : Networks.restore(artifact.zip(), objective.clipping(), artifact.allowed());
    return new StepLearner(network, objective);
  }

  @Override
  public Scorer scorer(Artifact artifact) {
    return open(artifact, Objective.inference(EngineChoice.STEP, List.of())).scorer();
  }
}
