/** The output of a command: a progress bar or lines, and a summary. */
@NullMarked
package io.evenstep.driver.cli.terminal;

import org.jspecify.annotations.NullMarked;
