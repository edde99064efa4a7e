package io.evenstep.model.engine.step.update;

/**
 * A run of the flat vector whose parameters have all settings in common.
 *
 * @param from index of the first parameter
 * @param to index behind the last
 * @param rule of the optimizer
 * @param stateFrom where the optimizer's first number for the first parameter lies in its state
 * @param stateStride how far on its next number for the same parameter lies
 * @param penalties of large parameters
 * @param limit to which gradients are clipped by the layer's own setting; infinite for no limit
 * @param isStatistic whether it holds batch statistics, which no limit of the job is for
 */
record UpdateBlock(
    long from,
    long to,
    UpdateRule rule,
    long stateFrom,
    long stateStride,
    Penalties penalties,
    float limit,
    boolean isStatistic) {}
