/** The partitions of a source, as tasks of Spark or one after the other in this process. */
@NullMarked
package io.evenstep.driver.data.part;

import org.jspecify.annotations.NullMarked;
