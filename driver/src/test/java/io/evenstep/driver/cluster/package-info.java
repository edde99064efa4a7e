/**
 * Real clusters for tests: every member a process of its own, on loopback, from Spark's jars alone.
 */
@NullMarked
package io.evenstep.driver.cluster;

import org.jspecify.annotations.NullMarked;
