/** Holds one class under the name where DL4J looks for it. */
@NullMarked
package org.nd4j.nativeblas;

import org.jspecify.annotations.NullMarked;
