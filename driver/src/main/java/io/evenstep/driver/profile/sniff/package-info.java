/** How files are written: their format, encoding, separator, quoting and header. */
@NullMarked
package io.evenstep.driver.profile.sniff;

import org.jspecify.annotations.NullMarked;
