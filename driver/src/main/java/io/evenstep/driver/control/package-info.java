/** What others see of a running command and can ask of it: progress, a stop, another try. */
@NullMarked
package io.evenstep.driver.control;

import org.jspecify.annotations.NullMarked;
