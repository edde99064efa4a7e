/** Commands that read existing runs without starting Spark. */
@NullMarked
package io.evenstep.driver.cli.look;

import org.jspecify.annotations.NullMarked;
