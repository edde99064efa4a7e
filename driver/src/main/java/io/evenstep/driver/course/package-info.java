/** Runs a folder of jobs one after the other, and makes one page of their figures and pictures. */
@NullMarked
package io.evenstep.driver.course;

import org.jspecify.annotations.NullMarked;
