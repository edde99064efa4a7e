/**
 * Compares analytic gradients with numeric ones: {@link io.evenstep.model.gradcheck.GradientCheck}.
 */
@NullMarked
package io.evenstep.model.gradcheck;

import org.jspecify.annotations.NullMarked;
