/** Which rows are for training, validation and test. */
@NullMarked
package io.evenstep.driver.data.split;

import org.jspecify.annotations.NullMarked;
