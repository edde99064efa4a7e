/**
 * The ranks of one process as one: who sits where, and how they work side by side on one replica.
 */
@NullMarked
package io.evenstep.worker.host;

import org.jspecify.annotations.NullMarked;
