/** Values that describe the data of a job and their columns. */
@NullMarked
package io.evenstep.driver.data.spec;

import org.jspecify.annotations.NullMarked;
