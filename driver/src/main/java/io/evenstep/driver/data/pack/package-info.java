/** Writes encoded rows as blocks, finds packs made before, and commits uploads. */
@NullMarked
package io.evenstep.driver.data.pack;

import org.jspecify.annotations.NullMarked;
