/** The barrier stage: task slots, rendezvous and attempts. */
@NullMarked
package io.evenstep.driver.stage;

import org.jspecify.annotations.NullMarked;
