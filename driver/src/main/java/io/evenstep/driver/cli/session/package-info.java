/** Opens a Spark session for a command and explains its failures. */
@NullMarked
package io.evenstep.driver.cli.session;

import org.jspecify.annotations.NullMarked;
