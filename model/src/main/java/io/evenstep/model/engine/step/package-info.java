/**
 * The fast engine: a network compiled, once for each shape of shard, to a list of operations over
 * memory that is allocated before the first step. A step runs the list forward and backward,
 * without allocation, reflection or ND4J arrays.
 *
 * <p>{@link io.evenstep.model.engine.step.StepCompiler} makes a {@link
 * io.evenstep.model.engine.step.StepProgram} from DL4J's configuration, or says what is not
 * covered. DL4J then computes the whole network. Parameters and gradient are flat vectors in DL4J's
 * layout and belong to the caller.
 *
 * <p>Subpackages: {@code layer} compiles DL4J's layers, with a package for each family; {@code
 * loss} holds the losses; {@code sequence} and {@code window}, operations over sequences and
 * images; {@code op}, the other operations; {@code kernel}, oneDNN; {@code update}, the optimizers
 * over the flat vector. Each uses only those named after it.
 */
@NullMarked
package io.evenstep.model.engine.step;

import org.jspecify.annotations.NullMarked;
