package io.evenstep.model.engine.step.update;

/**
 * A run of the flat vector whose parameters share all settings.
 *
 * @param from index of the first parameter
 * @param to index after the last
 * @param rule the optimizer's rule
 * @param stateFrom offset in the optimizer's state of the first number for the first parameter
 * @param stateStride distance to the next number for the same parameter
 * @param penalties of large parameters
 * @param limit the layer's own limit on gradients; infinite for no limit
 * @param isStatistic whether it holds batch statistics, which the job's limits do not apply to
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
