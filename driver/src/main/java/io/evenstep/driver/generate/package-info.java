/** Text from a trained language model, without Spark. */
@NullMarked
package io.evenstep.driver.generate;

import org.jspecify.annotations.NullMarked;
