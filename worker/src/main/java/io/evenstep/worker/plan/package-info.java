/** How a run is cut up: values with their own arithmetic and nothing else. */
@NullMarked
package io.evenstep.worker.plan;

import org.jspecify.annotations.NullMarked;
