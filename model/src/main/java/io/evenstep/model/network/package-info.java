/**
 * Networks as flat parameters, a flat gradient and a step: how they are described, built, imported
 * and saved.
 */
@NullMarked
package io.evenstep.model.network;

import org.jspecify.annotations.NullMarked;
