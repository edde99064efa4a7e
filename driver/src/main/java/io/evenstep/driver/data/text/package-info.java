/** CSV and SVMLight: text files split into slices that tasks read in parallel. */
@NullMarked
package io.evenstep.driver.data.text;

import org.jspecify.annotations.NullMarked;
