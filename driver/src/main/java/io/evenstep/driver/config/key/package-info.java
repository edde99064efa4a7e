/** The declarations of all keys of a job file. */
@NullMarked
package io.evenstep.driver.config.key;

import org.jspecify.annotations.NullMarked;
