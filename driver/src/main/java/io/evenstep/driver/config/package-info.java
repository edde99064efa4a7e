/** The job file: reads every key from all sources, checks it, and builds records. */
@NullMarked
package io.evenstep.driver.config;

import org.jspecify.annotations.NullMarked;
