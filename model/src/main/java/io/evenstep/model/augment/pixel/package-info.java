/** What augmentations work on: images, the rows of a batch, and the layout of each input. */
@NullMarked
package io.evenstep.model.augment.pixel;

import org.jspecify.annotations.NullMarked;
