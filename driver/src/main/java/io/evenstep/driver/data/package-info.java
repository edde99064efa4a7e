/** From any Spark source to a pack: reading, checking, encoding, and writing blocks. */
@NullMarked
package io.evenstep.driver.data;

import org.jspecify.annotations.NullMarked;
