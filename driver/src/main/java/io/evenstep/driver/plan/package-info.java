/** The resources and problems of a job, determined before it starts. */
@NullMarked
package io.evenstep.driver.plan;

import org.jspecify.annotations.NullMarked;
