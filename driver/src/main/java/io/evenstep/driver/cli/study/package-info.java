/** Commands that examine a job, compare it with other learners, and run the course. */
@NullMarked
package io.evenstep.driver.cli.study;

import org.jspecify.annotations.NullMarked;
