/** Tables with a log of their own, such as those of Delta and Iceberg. */
@NullMarked
package io.evenstep.driver.data.table;

import org.jspecify.annotations.NullMarked;
