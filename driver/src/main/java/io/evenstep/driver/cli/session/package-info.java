/** Opening a Spark session for a command, and what its failures mean. */
@NullMarked
package io.evenstep.driver.cli.session;

import org.jspecify.annotations.NullMarked;
