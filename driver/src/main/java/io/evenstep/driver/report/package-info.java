/** The report page, the table of steps, and the data behind them. */
@NullMarked
package io.evenstep.driver.report;

import org.jspecify.annotations.NullMarked;
