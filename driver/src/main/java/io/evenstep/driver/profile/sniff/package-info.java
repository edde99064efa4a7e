/** Detects the format, encoding, separator, quoting and header of files. */
@NullMarked
package io.evenstep.driver.profile.sniff;

import org.jspecify.annotations.NullMarked;
