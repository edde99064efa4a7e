/** The events of a run, and the listeners that receive them. */
@NullMarked
package io.evenstep.driver.event;

import org.jspecify.annotations.NullMarked;
