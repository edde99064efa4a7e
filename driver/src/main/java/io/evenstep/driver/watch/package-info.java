/** How far Spark's tasks are. */
@NullMarked
package io.evenstep.driver.watch;

import org.jspecify.annotations.NullMarked;
