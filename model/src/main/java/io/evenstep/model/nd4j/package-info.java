/**
 * Replacements for parts of ND4J, to fix faults of 1.0.0-M2.1. ND4J finds them by the names that
 * {@link io.evenstep.model.NativeRuntime} sets, which a service of ours calls in time.
 */
@NullMarked
package io.evenstep.model.nd4j;

import org.jspecify.annotations.NullMarked;
