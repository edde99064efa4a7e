/**
 * Reads saved networks that need not be trusted: limits which classes a file may name and how large
 * its arrays may be.
 */
@NullMarked
package io.evenstep.model.network.trust;

import org.jspecify.annotations.NullMarked;
