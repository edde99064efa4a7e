/** One network for each of several equal parts of the rows. */
@NullMarked
package io.evenstep.driver.fold;

import org.jspecify.annotations.NullMarked;
