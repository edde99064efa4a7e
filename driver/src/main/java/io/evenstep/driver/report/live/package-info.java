/** The report page while a run goes on, served to a browser. */
@NullMarked
package io.evenstep.driver.report.live;

import org.jspecify.annotations.NullMarked;
