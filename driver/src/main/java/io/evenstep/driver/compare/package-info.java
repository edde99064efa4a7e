/** Compares a job's network with other learners on the same rows: {@link CompareJob}. */
@NullMarked
package io.evenstep.driver.compare;

import org.jspecify.annotations.NullMarked;
