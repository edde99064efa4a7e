/** How ranks meet, connect to each other, and learn that a rank is lost. */
@NullMarked
package io.evenstep.worker.mesh;

import org.jspecify.annotations.NullMarked;
