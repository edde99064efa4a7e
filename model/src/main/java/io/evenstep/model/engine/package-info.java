/**
 * What the trainer sees of an engine: a learner, its passes and scorer, and the memory they use.
 */
@NullMarked
package io.evenstep.model.engine;

import org.jspecify.annotations.NullMarked;
