/** What a job will need and meet, worked out before it starts. */
@NullMarked
package io.evenstep.driver.plan;

import org.jspecify.annotations.NullMarked;
