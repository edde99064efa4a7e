/** Writes encoded rows as blocks, finds existing packs, and commits uploads. */
@NullMarked
package io.evenstep.driver.data.pack;

import org.jspecify.annotations.NullMarked;
