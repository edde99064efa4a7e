/** The barrier stage: slots, rendezvous, attempts. */
@NullMarked
package io.evenstep.driver.stage;

import org.jspecify.annotations.NullMarked;
