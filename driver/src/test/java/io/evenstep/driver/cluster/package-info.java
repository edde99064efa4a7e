/**
 * Real clusters for tests: every member is its own process, on loopback, using only Spark's jars.
 */
@NullMarked
package io.evenstep.driver.cluster;

import org.jspecify.annotations.NullMarked;
