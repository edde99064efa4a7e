/**
 * A Java agent that makes something go wrong at a named place of a worker's program, in one process
 * of many; the program itself knows nothing of it. It goes into a jar of its own, which holds this
 * package alone.
 */
@NullMarked
package io.evenstep.driver.fault;

import org.jspecify.annotations.NullMarked;
