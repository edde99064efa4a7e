/** How the values of one column become numbers: transforms of numbers, and terms of texts. */
@NullMarked
package io.evenstep.model.data.column;

import org.jspecify.annotations.NullMarked;
