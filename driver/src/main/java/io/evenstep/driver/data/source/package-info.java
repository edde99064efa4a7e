/** Every format, read as rows. */
@NullMarked
package io.evenstep.driver.data.source;

import org.jspecify.annotations.NullMarked;
