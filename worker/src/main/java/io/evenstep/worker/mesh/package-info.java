/** How ranks find each other, connect, and notice that a rank is lost. */
@NullMarked
package io.evenstep.worker.mesh;

import org.jspecify.annotations.NullMarked;
