/**
 * The fast engine: a network compiled, once for each shape of shard, to a list of operations over
 * memory that is made before the first step. A step runs the list forward and backward: no
 * allocation, no reflection, no arrays of ND4J's.
 *
 * <p>{@link io.evenstep.model.engine.step.StepCompiler} makes a {@link
 * io.evenstep.model.engine.step.StepProgram} from DL4J's configuration, or says in words what of it
 * is not covered: such a network is DL4J's to compute, whole. Parameters and gradient are flat
 * vectors in DL4J's layout, which belong to the caller.
 *
 * <p>Below it: {@code layer}, from DL4J's layers to operations, with a package for each family of
 * them; {@code loss}, what a program ends in; {@code sequence} and {@code window}, operations over
 * sequences and images; {@code op}, the others; {@code kernel}, oneDNN; {@code update}, the
 * optimizers over the flat vector. Each of them uses only those named after it.
 */
@NullMarked
package io.evenstep.model.engine.step;

import org.jspecify.annotations.NullMarked;
