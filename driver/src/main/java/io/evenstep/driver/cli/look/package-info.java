/** Commands that look at runs there are, and start no Spark. */
@NullMarked
package io.evenstep.driver.cli.look;

import org.jspecify.annotations.NullMarked;
