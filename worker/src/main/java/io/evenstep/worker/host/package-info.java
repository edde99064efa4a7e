/**
 * The ranks of one process: which ranks share a process, and how they work together on one replica.
 */
@NullMarked
package io.evenstep.worker.host;

import org.jspecify.annotations.NullMarked;
