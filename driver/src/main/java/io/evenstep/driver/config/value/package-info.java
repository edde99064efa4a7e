/** Values of a job file: reads, checks and writes each type. */
@NullMarked
package io.evenstep.driver.config.value;

import org.jspecify.annotations.NullMarked;
