package io.evenstep.model.engine.step.layer.site;

import io.evenstep.model.engine.step.loss.LossOp;
import io.evenstep.model.engine.step.loss.Target;
import io.evenstep.model.engine.step.op.Assembly;
import java.util.List;
import java.util.Optional;

/**
 * Where a layer is built.
 *
 * @param assembly the program in the making
 * @param offset where the layer's parameters begin in the flat vector
 * @param target what it is compared with, if it is an output and there are labels
 * @param losses where an output puts its loss
 * @param mask of the steps that come in; empty where all count
 */
public record Site(
    Assembly assembly,
    long offset,
    Optional<Target> target,
    List<LossOp> losses,
    Optional<Mask> mask) {}
