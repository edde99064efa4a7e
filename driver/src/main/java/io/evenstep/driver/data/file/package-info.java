/** Files of a source, and the words for what is wrong with them. */
@NullMarked
package io.evenstep.driver.data.file;

import org.jspecify.annotations.NullMarked;
