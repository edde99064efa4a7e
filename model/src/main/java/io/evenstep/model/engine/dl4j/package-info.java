/** The reference engine, over DL4J and ND4J. It accepts any DL4J network. */
@NullMarked
package io.evenstep.model.engine.dl4j;

import org.jspecify.annotations.NullMarked;
