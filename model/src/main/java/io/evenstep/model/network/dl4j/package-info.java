/**
 * DL4J's two kinds of network behind one interface: gradients, masks, weighted rows and truncated
 * sequences.
 */
@NullMarked
package io.evenstep.model.network.dl4j;

import org.jspecify.annotations.NullMarked;
