/**
 * The commands: what a user types, what is printed back, and the exit code that says how it went.
 */
@NullMarked
package io.evenstep.driver.cli;

import org.jspecify.annotations.NullMarked;
