/**
 * Authenticated connections between processes, in clear or encrypted, and the frames they carry.
 */
@NullMarked
package io.evenstep.worker.net;

import org.jspecify.annotations.NullMarked;
