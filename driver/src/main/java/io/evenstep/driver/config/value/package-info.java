/** Values of a job file: how each kind is read, checked and written. */
@NullMarked
package io.evenstep.driver.config.value;

import org.jspecify.annotations.NullMarked;
