/**
 * How replicas are kept in agreement: exact all-reduce of gradients, or averaging of parameters.
 */
@NullMarked
package io.evenstep.worker.sync;

import org.jspecify.annotations.NullMarked;
