/** Short examinations of a job before it is trained: its gradient and its learning rate. */
@NullMarked
package io.evenstep.driver.study;

import org.jspecify.annotations.NullMarked;
