/** CSV and svmlight: text files cut into slices that tasks read side by side. */
@NullMarked
package io.evenstep.driver.data.text;

import org.jspecify.annotations.NullMarked;
