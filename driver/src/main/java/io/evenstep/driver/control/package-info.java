/** How to watch and stop a running command: progress, stop requests, temporary failures. */
@NullMarked
package io.evenstep.driver.control;

import org.jspecify.annotations.NullMarked;
