/**
 * Reads saved networks that nobody has to trust: which classes a file may name, how large its
 * arrays may be.
 */
@NullMarked
package io.evenstep.model.network.trust;

import org.jspecify.annotations.NullMarked;
