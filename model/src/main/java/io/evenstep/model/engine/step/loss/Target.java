package io.evenstep.model.engine.step.loss;

import io.evenstep.model.engine.step.op.Binding;
import java.util.Optional;

/**
 * What an output is compared with: memory of somebody else, different at each step.
 *
 * @param rows of the shard
 * @param labels in C order, with the output's shape
 * @param mask [rows, time] or [rows, 1], 0 where an output does not count; empty for no mask
 * @param weights [rows, 1], factors of the rows' losses; empty for 1 each
 */
public record Target(
    long rows, Binding labels, Optional<Binding> mask, Optional<Binding> weights) {}
