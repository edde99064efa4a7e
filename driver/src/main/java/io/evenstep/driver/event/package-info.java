/** What happens in a run, and who hears of it: one fan-out to all listeners. */
@NullMarked
package io.evenstep.driver.event;

import org.jspecify.annotations.NullMarked;
