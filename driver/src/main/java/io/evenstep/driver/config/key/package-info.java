/** Every key of a job file, declared once. */
@NullMarked
package io.evenstep.driver.config.key;

import org.jspecify.annotations.NullMarked;
