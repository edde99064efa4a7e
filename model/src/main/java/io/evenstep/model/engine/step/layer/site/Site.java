package io.evenstep.model.engine.step.layer.site;

import io.evenstep.model.engine.step.loss.LossTerm;
import io.evenstep.model.engine.step.loss.Target;
import io.evenstep.model.engine.step.op.Assembly;
import java.util.List;
import java.util.Optional;

/**
 * The context in which a layer is compiled.
 *
 * @param assembly the program being built
 * @param offset where the layer's parameters begin in the flat vector
 * @param target what its output is compared with, if it is an output and there are labels
 * @param losses where an output, or a layer with a term of its own, adds its loss
 * @param mask mask of the input's steps; empty when all count
 * @param isJudged whether the program computes losses; otherwise it is for predictions
 */
public record Site(
    Assembly assembly,
    long offset,
    Optional<Target> target,
    List<LossTerm> losses,
    Optional<Mask> mask,
    boolean isJudged) {}
