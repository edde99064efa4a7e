/** The Spark side of a job: pack, train in one barrier stage, evaluate, and keep the result. */
@NullMarked
package io.evenstep.driver;

import org.jspecify.annotations.NullMarked;
