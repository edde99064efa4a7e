/** The job file: every key declared once, read from all its sources, checked, and made records. */
@NullMarked
package io.evenstep.driver.config;

import org.jspecify.annotations.NullMarked;
