/** What is learnt from a column's training rows: transforms, scales and terms. */
@NullMarked
package io.evenstep.driver.data.measure;

import org.jspecify.annotations.NullMarked;
