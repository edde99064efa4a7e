/** The files of a source, and messages about problems in them. */
@NullMarked
package io.evenstep.driver.data.file;

import org.jspecify.annotations.NullMarked;
