/** Serves the report page to browsers while a run is in progress. */
@NullMarked
package io.evenstep.driver.report.live;

import org.jspecify.annotations.NullMarked;
