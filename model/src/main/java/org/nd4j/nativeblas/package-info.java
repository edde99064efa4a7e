/** One class under the name by which DL4J looks for it. */
@NullMarked
package org.nd4j.nativeblas;

import org.jspecify.annotations.NullMarked;
