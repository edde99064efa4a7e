/** What augmentations work on: images, rows of a batch, and where each input lies. */
@NullMarked
package io.evenstep.model.augment.pixel;

import org.jspecify.annotations.NullMarked;
