/** The commands train, evaluate, predict and plan, and the folder of a run. */
@NullMarked
package io.evenstep.driver.run;

import org.jspecify.annotations.NullMarked;
