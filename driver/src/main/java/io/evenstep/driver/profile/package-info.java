/** Looks at a table once, and says what a first job for it would be. */
@NullMarked
package io.evenstep.driver.profile;

import org.jspecify.annotations.NullMarked;
