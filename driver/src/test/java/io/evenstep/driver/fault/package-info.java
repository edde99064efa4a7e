/**
 * A Java agent that causes a fault at a named method of a worker, in one of many processes. The
 * program itself knows nothing about it. The agent is packaged in a separate jar with only this
 * package.
 */
@NullMarked
package io.evenstep.driver.fault;

import org.jspecify.annotations.NullMarked;
