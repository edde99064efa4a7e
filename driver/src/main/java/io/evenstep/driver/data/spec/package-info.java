/** Which data a job reads, and what each column is: values only. */
@NullMarked
package io.evenstep.driver.data.spec;

import org.jspecify.annotations.NullMarked;
