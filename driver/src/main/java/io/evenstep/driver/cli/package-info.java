/** The commands of the command line: options, output and exit codes. */
@NullMarked
package io.evenstep.driver.cli;

import org.jspecify.annotations.NullMarked;
