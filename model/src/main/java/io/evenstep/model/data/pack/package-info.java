/** The index of packed rows: its splits, and the blocks of each. */
@NullMarked
package io.evenstep.model.data.pack;

import org.jspecify.annotations.NullMarked;
